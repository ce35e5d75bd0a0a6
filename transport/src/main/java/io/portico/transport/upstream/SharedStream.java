package io.portico.transport.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Stream;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.BodyTooLargeException;
import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.http.UpstreamException.Reason;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.transport.body.ContentSource;
import io.portico.transport.body.IncomingBody;
import io.portico.transport.loop.Deadline;
import io.portico.transport.wire.Http2ResponseReader;
import io.portico.transport.wire.MalformedMessageException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A call on a stream of a connection that others share: what is not wanted yet of its answer is not
 * given back to the stream's window, and whatever ends it ends the stream only.
 */
final class SharedStream implements Carrier, ContentSource {
  private static final long MOST_DRAINED = 64 * 1024;
  private static final int MOST_INTERIM_ANSWERS = 16;

  private final SharedConnection connection;
  private final Http2Stream stream;
  private final UpstreamCall call;
  private final boolean reused;
  private final StreamUpload upload;
  private final Deadline deadline;
  private final BodyClock clock;

  /** Whether the call still waits for the answer's head. */
  private boolean waiting = true;

  private @Nullable Http2ResponseReader head;
  private int status;
  private int interimAnswers;

  /** Bytes of content the answer has, or -1 where that is not known. */
  private long length;

  private long received;
  private boolean arriving;
  private boolean paused;

  /** Bytes the backend's window is short of. */
  private int kept;

  /** Null where the answer has no content. */
  private @Nullable IncomingBody body;

  /**
   * @param reused whether the connection has served others before
   */
  SharedStream(SharedConnection connection, Http2Stream stream, UpstreamCall call, boolean reused) {
    this.connection = connection;
    this.stream = stream;
    this.call = call;
    this.reused = reused;
    this.upload = new StreamUpload(connection, this, stream);
    this.deadline = Deadline.calling(connection.loop(), this::timedOut);
    this.clock = new BodyClock(deadline);
  }

  /** The head is out. */
  void begin() {
    call.sentOn(this);
    upload.start(call.request().body());
  }

  /** The backend's windows take more of the request. */
  void writable() {
    upload.writable();
  }

  /**
   * Takes the head of an answer, interim or final, or trailers.
   *
   * @param ended whether nothing follows
   */
  void headArrived(Http2ResponseReader arrived, boolean ended) throws MalformedMessageException {
    if (head != null) {
      arrived.completeTrailers();
      checkLength(ended);
      end();
      return;
    }
    status = arrived.complete();
    if (status < 200) {
      if (status == 101 || ended || ++interimAnswers > MOST_INTERIM_ANSWERS) {
        throw new MalformedMessageException(502, "an interim answer nobody asked for");
      }
      return;
    }
    head = arrived;
    boolean bodiless = status == 204 || status == 304 || call.request().method().equals("HEAD");
    length = bodiless ? 0 : arrived.contentLength();
    connection.answered(this);
    if (ended) {
      checkLength(true);
      stopSending();
      return;
    }
    arriving = true;
    clock.start(call.leftNanos(), call.request().idleTimeout().toNanos());
    if (length != 0) {
      body = new IncomingBody(connection.loop(), length, this);
    }
  }

  private void checkLength(boolean ended) throws MalformedMessageException {
    if (length >= 0 && (received > length || (ended && received < length))) {
      throw new MalformedMessageException(502, "content of another length than it says");
    }
  }

  /**
   * Takes content.
   *
   * @return how many of the bytes may be given back to the window at once
   */
  int contentArrived(ByteBuf bytes, boolean ended) throws MalformedMessageException {
    int count = bytes.readableBytes();
    if (head == null) {
      throw new MalformedMessageException(502, "content before its head");
    }
    if (!arriving) {
      return count;
    }
    received += count;
    checkLength(ended);
    if (count > 0 && body != null) {
      body.arrived(bytes.readRetainedSlice(count));
    }
    if (ended) {
      end();
    } else if (arriving && paused) {
      kept += count;
      return 0;
    } else if (arriving) {
      clock.pieceArrived();
    }
    return count;
  }

  /** All of the answer is there. */
  private void end() {
    if (arriving) {
      settle();
      if (body != null) {
        body.end();
      }
      stopSending();
    }
  }

  /** What the backend has answered without it is not sent any more. */
  private void stopSending() {
    upload.stop();
    if (stream.state() == Http2Stream.State.OPEN) {
      connection.reset(stream);
    }
  }

  /** What was read together has been read: the call gets what there is. */
  void handOver() {
    Http2ResponseReader complete = head;
    if (!waiting || complete == null) {
      return;
    }
    waiting = false;
    byte[] whole = body == null ? null : body.takeIfComplete();
    Body content = body == null ? Body.EMPTY : whole == null ? body : Body.of(whole);
    call.complete(new UpstreamResponse(status, complete.fields(), content));
  }

  private void settle() {
    arriving = false;
    kept = 0;
    deadline.clear();
  }

  // ContentSource: the answer's body is wanted, or not.

  @Override
  public void demanded() {}

  @Override
  public void pause() {
    if (!arriving || body == null) {
      return;
    }
    // Until somebody has come for the content the time goes on, so that nobody is waited for ever.
    if (body.isTaken()) {
      clock.stop();
    }
    paused = true;
  }

  @Override
  public void resume() {
    if (arriving) {
      paused = false;
      int bytes = kept;
      kept = 0;
      connection.giveBack(stream, bytes);
      clock.go();
    }
  }

  @Override
  public void abandoned() {
    if (length >= 0 && length - received <= MOST_DRAINED) {
      resume();
    } else if (arriving) {
      settle();
      cancel();
    }
  }

  // The end.

  /** A head comes whole. */
  @Override
  public boolean isAnswering() {
    return false;
  }

  @Override
  public void giveUp() {
    waiting = false;
    cancel();
  }

  private void cancel() {
    upload.stop();
    connection.reset(stream);
  }

  /** The client's body broke off or is too long: the request cannot be completed. */
  void requestFailed(IOException reason) {
    fail(
        reason instanceof BodyTooLargeException
            ? new UpstreamException(
                Reason.REQUEST_TOO_LARGE, String.valueOf(reason.getMessage()), reason)
            : new UpstreamException(Reason.CANCELLED, "the request's body broke off", reason));
    connection.reset(stream);
  }

  private void timedOut() {
    fail(new UpstreamException(Reason.TIMEOUT, "the answer's body is not there in time", null));
    connection.reset(stream);
  }

  /** The stream is closed, whoever did it; its answer is whole or will never be. */
  void closed() {
    upload.stop();
    if (arriving) {
      fail(connection.lost("the stream ended within the answer's body"));
    } else if (waiting && head == null) {
      waiting = false;
      settle();
      // Only a connection ends for being idle.
      boolean idle = reused && !connection.isOpen();
      call.lost(idle, connection.lost("the stream ended without an answer"));
    }
  }

  /** The backend has not begun with the call. */
  void refused(String how) {
    if (waiting && head == null) {
      waiting = false;
      upload.stop();
      call.refused(connection.lost(how));
    }
  }

  /** There will be no answer, or no more of it. */
  void fail(UpstreamException reason) {
    boolean unanswered = waiting;
    IncomingBody unfinished = arriving ? body : null;
    waiting = false;
    settle();
    upload.stop();
    if (unfinished != null) {
      unfinished.fail(reason);
    }
    if (unanswered) {
      call.fail(reason);
    }
  }
}
