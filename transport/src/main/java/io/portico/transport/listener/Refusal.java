package io.portico.transport.listener;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Stream;
import io.portico.gateway.http.ClientConnection;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.UnreadRequest;
import io.portico.transport.wire.HeadWriter;
import io.portico.transport.wire.Http2RequestHead;
import io.portico.transport.wire.RequestHeadReader;
import java.nio.charset.StandardCharsets;

/**
 * The answer to a request that never reaches the handler, or whose content comes to no end. By
 * HTTP/1.1 the connection ends with it.
 */
// What fails on a channel is told to exceptionCaught or ends in channelInactive.
@SuppressWarnings("FutureReturnValueIgnored")
final class Refusal {
  /** What is answered by 417. */
  static final String EXPECTATION = "an expectation other than 100-continue";

  /** What is answered by 408 where there is a head. */
  static final String SLOW_CONTENT = "content that is too slow";

  private Refusal() {}

  /**
   * What is told of one that came by HTTP/1.1.
   *
   * @param head what is known of it
   * @param reason what the client sent
   */
  static UnreadRequest of(
      ClientConnection client, RequestHeadReader head, int status, String reason) {
    return new UnreadRequest(
        client,
        head.method(),
        withoutUser(head.target()),
        head.protocol(),
        status,
        message(status),
        reason);
  }

  /** What is told of one that came by HTTP/2. */
  static UnreadRequest of(
      ClientConnection client, Http2RequestHead head, int status, String reason) {
    return of(client, head, status, message(status), reason);
  }

  /** The same, where the client is told by the reset of its stream alone. */
  static UnreadRequest byReset(ClientConnection client, Http2RequestHead head, String reason) {
    return of(client, head, 400, message(400) + " (RST_STREAM)", reason);
  }

  private static UnreadRequest of(
      ClientConnection client, Http2RequestHead head, int status, String message, String reason) {
    return new UnreadRequest(
        client,
        head.requestMethod(),
        withoutUser(head.requestPath()),
        "HTTP/2.0",
        status,
        message,
        reason);
  }

  /** A target without the name and the password that stand before a host. */
  private static String withoutUser(String target) {
    int scheme = target.indexOf("://");
    int from = scheme < 0 ? 0 : scheme + 3;
    int path = target.indexOf('/', from);
    int at = target.lastIndexOf('@', path < 0 ? target.length() : path);
    return at < from ? target : target.substring(0, from) + target.substring(at + 1);
  }

  /** What a client sent whose head is answered by 408. */
  static String slowHead(ListenerConfig config) {
    return "a head that did not end within %d ms".formatted(config.headerTimeout().toMillis());
  }

  static void write(int status, Http1Connection connection) {
    byte[] body = body(status);
    HeadWriter writer =
        connection
            .scratch()
            .writer()
            .response(status)
            .field("Content-Type", "application/json")
            .date(connection.date())
            .contentLength(body.length)
            .close()
            .end();
    ByteBuf out = connection.context().alloc().directBuffer(writer.length() + body.length);
    writer.writeTo(out);
    out.writeBytes(body);
    connection.write(out);
  }

  /** The same by HTTP/2: the stream ends with it. */
  static void write(int status, Http2Connection connection, Http2Stream stream) {
    byte[] body = body(status);
    connection.writeHead(
        stream,
        connection
            .responseHead()
            .response(status)
            .fields(Headers.of("Content-Type", "application/json"))
            .date(connection.date())
            .contentLength(body.length)
            .end(),
        false,
        connection.promise());
    ChannelPromise written = connection.promise();
    written.addListener(_ -> connection.reset(stream, Http2Error.NO_ERROR));
    connection.writeData(stream, Unpooled.wrappedBuffer(body), true, written);
  }

  private static byte[] body(int status) {
    return ("{\"message\": \"" + message(status) + "\"}").getBytes(StandardCharsets.US_ASCII);
  }

  static String message(int status) {
    return switch (status) {
      case 408 -> "Request Timeout";
      case 414 -> "URI Too Long";
      case 417 -> "Expectation Failed";
      case 431 -> "Request Header Fields Too Large";
      case 501 -> "Not Implemented";
      case 505 -> "HTTP Version Not Supported";
      default -> "Bad Request";
    };
  }
}
