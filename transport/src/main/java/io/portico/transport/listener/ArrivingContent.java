package io.portico.transport.listener;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.portico.gateway.http.Body;
import io.portico.transport.body.ContentSource;
import io.portico.transport.body.IncomingBody;
import io.portico.transport.wire.ContentReader;
import io.portico.transport.wire.MalformedMessageException;
import io.portico.transport.wire.RequestHeadReader;
import io.portico.transport.wire.WireLimits;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The content of a connection's current request, while it arrives. {@code 100 Continue} is sent
 * when somebody begins to read it, not before.
 */
final class ArrivingContent implements ContentSource {
  /** A body up to this size that came with its head is given as bytes. */
  private static final int MOST_AT_ONCE = 64 * 1024;

  /** What is read of a body nobody wants in order to keep the connection. */
  private static final long MOST_DRAINED = 64 * 1024;

  private final Http1Connection connection;
  private final ContentReader reader;

  private @Nullable IncomingBody body;
  private boolean paused;
  private boolean expectsContinue;

  ArrivingContent(Http1Connection connection, WireLimits limits) {
    this.connection = connection;
    this.reader = new ContentReader(limits, connection.scratch());
  }

  /**
   * Begins with the content of a new request.
   *
   * @param in what stands behind the head
   * @return the content: in memory if all of it is there
   * @throws MalformedMessageException for an expectation nobody knows, or bad chunks
   */
  Body begin(RequestHeadReader head, ByteBuf in) throws MalformedMessageException {
    String expectation = head.expect();
    if (expectation != null && !expectation.equalsIgnoreCase("100-continue")) {
      throw new MalformedMessageException(417, Refusal.EXPECTATION);
    }
    long length = head.contentLength();
    if (head.chunked()) {
      reader.chunked();
    } else if (length <= 0) {
      return Body.EMPTY;
    } else if (length <= MOST_AT_ONCE && in.readableBytes() >= length) {
      byte[] bytes = new byte[(int) length];
      in.readBytes(bytes);
      return Body.of(bytes);
    } else {
      reader.sized(length);
    }
    IncomingBody arriving = new IncomingBody(connection.loop(), length, this);
    body = arriving;
    expectsContinue = expectation != null && !in.isReadable();
    boolean progress = in.isReadable();
    while (progress && body != null) {
      progress = read(in);
    }
    byte[] complete = arriving.takeIfComplete();
    return complete == null ? arriving : Body.of(complete);
  }

  /** Whether more is to come. */
  boolean isArriving() {
    return body != null;
  }

  /** Whether reading goes on. */
  boolean isWanted() {
    return body != null && !paused;
  }

  boolean isPaused() {
    return paused;
  }

  /**
   * Reads on.
   *
   * @return whether there may be more in {@code in}
   */
  boolean read(ByteBuf in) throws MalformedMessageException {
    IncomingBody arriving = body;
    if (arriving == null) {
      return true;
    }
    expectsContinue = false;
    int count = reader.available(in);
    if (count > 0) {
      ByteBuf bytes = in.readRetainedSlice(count);
      reader.taken(count);
      arriving.arrived(bytes);
    }
    if (!reader.done()) {
      return count > 0;
    }
    if (body == arriving) {
      body = null;
      unpause();
      arriving.trailers(reader.trailers());
      arriving.end();
    }
    return true;
  }

  /** Whether what is missing is little enough to be read and dropped. */
  boolean endsSoon() {
    if (body == null) {
      return true;
    }
    long left = reader.left();
    return !expectsContinue && left >= 0 && left <= MOST_DRAINED;
  }

  /** The answer is out: what nobody took nobody will take. */
  void discardUntaken() {
    if (body != null) {
      body.discard();
    }
  }

  /** The rest will not come. */
  void fail(String reason) {
    IncomingBody arriving = body;
    body = null;
    paused = false;
    if (arriving != null) {
      arriving.fail(new IOException(reason));
    }
  }

  @Override
  public void demanded() {
    if (expectsContinue && connection.mayContinue()) {
      expectsContinue = false;
      connection.write(
          ByteBufUtil.writeAscii(connection.context().alloc(), "HTTP/1.1 100 Continue\r\n\r\n"));
    }
  }

  @Override
  public void pause() {
    if (body != null && !paused) {
      paused = true;
      connection.readingChanged();
    }
  }

  @Override
  public void resume() {
    if (body != null) {
      unpause();
    }
  }

  private void unpause() {
    if (paused) {
      paused = false;
      connection.readingChanged();
    }
  }

  /** A short rest is read so that the connection can be kept; a long one waits for the answer. */
  @Override
  public void abandoned() {
    if (endsSoon()) {
      resume();
    } else {
      pause();
    }
  }
}
