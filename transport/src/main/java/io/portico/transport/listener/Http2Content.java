package io.portico.transport.listener;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Stream;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.UnreadRequest;
import io.portico.transport.body.ContentSource;
import io.portico.transport.body.IncomingBody;
import io.portico.transport.loop.Deadline;
import io.portico.transport.websocket.Handshake;
import io.portico.transport.wire.Http2RequestHead;
import io.portico.transport.wire.MalformedMessageException;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request on a stream: its head, its content while it arrives, and the exchange once it has
 * begun. Whatever is not wanted yet is not given back to the client's window.
 */
final class Http2Content implements ContentSource {
  /** What is read of a body nobody wants rather than resetting the stream. */
  private static final long MOST_DRAINED = 64 * 1024;

  private final Http2Connection connection;
  private final Http2Stream stream;
  private final Http2RequestHead head;
  private final long arrivalNanos;
  private final @Nullable Pace pace;
  private final @Nullable Deadline deadline;

  /** Null where the request has no content. */
  private final @Nullable IncomingBody body;

  /** What the stream becomes if the handler wants it so; null where the client does not. */
  private final @Nullable Http2WebSocket webSocket;

  private @Nullable Http2Exchange exchange;
  private long received;
  private boolean arriving;
  private boolean paused;
  private boolean expectsContinue;
  private boolean refused;

  /** Bytes the client's window is short of. */
  private int kept;

  Http2Content(
      Http2Connection connection, Http2Stream stream, Http2RequestHead head, boolean ended) {
    this.connection = connection;
    this.stream = stream;
    this.head = head;
    this.arrivalNanos = System.nanoTime();
    this.arriving = !ended;
    this.webSocket = head.asksForWebSocket() ? new Http2WebSocket(connection, stream, ended) : null;
    if (!ended) {
      connection.contentBegins();
    }
    if (ended || webSocket != null) {
      body = null;
      pace = null;
      deadline = null;
      return;
    }
    body = new IncomingBody(connection.loop(), head.contentLength(), this);
    expectsContinue = head.expect() != null;
    ListenerConfig config = connection.config();
    pace = new Pace(config.bodyTimeout(), config.leastBodyRate());
    deadline =
        Deadline.calling(
            connection.loop(), () -> connection.refuse(this, 408, Refusal.SLOW_CONTENT));
    pace.begin(arrivalNanos);
  }

  /** A request that was answered before anyone looked at its content. */
  static Http2Content refused(
      Http2Connection connection, Http2Stream stream, Http2RequestHead head) {
    Http2Content content = new Http2Content(connection, stream, head, true);
    content.refused = true;
    return content;
  }

  /** What is told of it where it is refused. */
  UnreadRequest unread(int status, String reason) {
    return Refusal.of(connection.client(), head, status, reason);
  }

  /** Tells of a request that no handler has, whose rest is malformed: its stream will be reset. */
  void malformed(String reason) {
    if (exchange == null && !refused && !isWebSocket()) {
      connection.handler().refused(Refusal.byReset(connection.client(), head, reason));
    }
  }

  boolean isRefused() {
    return refused;
  }

  Http2Stream stream() {
    return stream;
  }

  @Nullable Http2Exchange exchange() {
    return exchange;
  }

  /** Gives the request to the handler. */
  void start() {
    byte[] complete = body == null ? null : body.takeIfComplete();
    Body content = body == null ? Body.EMPTY : complete == null ? body : Body.of(complete);
    HttpRequest request =
        new HttpRequest(
            head.requestMethod(),
            head.requestPath(),
            // AWS: how HTTP/2 is spelt in $context.protocol is not recorded; assumed as in
            // CloudFront's logs.
            "HTTP/2.0",
            head.requestFields(),
            content,
            connection.client(),
            arrivalNanos,
            webSocket != null);
    if (arriving) {
      await();
    }
    Http2Exchange next = new Http2Exchange(connection, this, request);
    exchange = next;
    next.start();
  }

  /** The answer that says so is written. */
  void speakWebSocket(Handshake handshake) {
    exchange = null;
    Objects.requireNonNull(webSocket, "not asked for").open(handshake);
  }

  /** Whether the stream has become a WebSocket connection. */
  boolean isWebSocket() {
    return webSocket != null && webSocket.isOpen();
  }

  private void await() {
    if (deadline != null && pace != null && !paused) {
      long now = System.nanoTime();
      pace.go(now);
      deadline.after(now, pace.left(now));
    }
  }

  /**
   * Takes what has arrived.
   *
   * @return how many of the bytes may be given back to the window at once
   * @throws MalformedMessageException if it is not as long as the head said
   */
  int arrived(ByteBuf bytes, boolean ended) throws MalformedMessageException {
    int count = bytes.readableBytes();
    if (webSocket != null && arriving) {
      int free = webSocket.arrived(bytes);
      if (ended) {
        end();
      }
      return free;
    }
    if (body == null || !arriving) {
      return count;
    }
    received += count;
    expectsContinue = false;
    long declared = head.contentLength();
    if (declared >= 0 && (received > declared || (ended && received < declared))) {
      throw new MalformedMessageException(400, "content of another length than it says");
    }
    if (count > 0) {
      body.arrived(bytes.readRetainedSlice(count));
    }
    if (pace != null) {
      pace.arrived(count);
    }
    if (ended) {
      end();
      return count;
    }
    if (paused) {
      kept += count;
      return 0;
    }
    if (exchange != null) {
      await();
    }
    return count;
  }

  /**
   * The content is complete.
   *
   * @throws MalformedMessageException if it is shorter than the head said, or WebSocket's
   */
  void trailers() throws MalformedMessageException {
    if (webSocket != null) {
      // RFC 9113, 8.5.
      throw new MalformedMessageException(400, "HEADERS behind CONNECT");
    }
    if (arriving && head.contentLength() >= 0 && received < head.contentLength()) {
      throw new MalformedMessageException(400, "content of another length than it says");
    }
    end();
  }

  private void end() {
    if (arriving) {
      arriving = false;
      connection.contentEnds();
      settle();
      if (body != null) {
        body.end();
      }
      if (webSocket != null) {
        webSocket.inputEnded();
      }
    }
  }

  private void settle() {
    if (deadline != null) {
      deadline.clear();
    }
    kept = 0;
  }

  /** Whether more is to come. */
  boolean isArriving() {
    return arriving;
  }

  /** Whether what is missing is little enough to be read and dropped. */
  boolean endsSoon() {
    long left = head.contentLength() - received;
    return !arriving || (!expectsContinue && left >= 0 && left <= MOST_DRAINED);
  }

  /** The answer is out: what nobody took nobody will take. */
  void discardUntaken() {
    if (arriving && body != null) {
      body.discard();
    }
    if (webSocket != null) {
      webSocket.discard();
    }
  }

  /** The stream is closed, whoever did it. */
  void closed() {
    if (arriving) {
      arriving = false;
      connection.contentEnds();
      if (body != null) {
        body.fail(new IOException("the client ended the request within its body"));
      }
    }
    settle();
    if (exchange != null) {
      exchange.lost();
    }
    if (webSocket != null) {
      webSocket.closed();
    }
  }

  @Override
  public void demanded() {
    if (expectsContinue && arriving && exchange != null && !exchange.hasBegun()) {
      expectsContinue = false;
      connection.writeContinue(stream);
    }
  }

  @Override
  public void pause() {
    if (arriving && !paused) {
      paused = true;
      if (pace != null && deadline != null) {
        pace.stop(System.nanoTime());
        deadline.clear();
      }
    }
  }

  @Override
  public void resume() {
    if (!arriving || !paused) {
      return;
    }
    paused = false;
    int bytes = kept;
    kept = 0;
    if (bytes > 0) {
      connection.giveBack(stream, bytes);
    }
    await();
  }

  /** A short rest is read and dropped; a long one waits for the answer. */
  @Override
  public void abandoned() {
    if (endsSoon()) {
      resume();
    } else {
      pause();
    }
  }
}
