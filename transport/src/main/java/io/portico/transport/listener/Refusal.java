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
import io.portico.transport.wire.RequestHeadReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request that never reaches the handler, or whose content comes to no end. By
 * HTTP/1.1 the connection ends with it.
 */
// What fails on a channel is told to exceptionCaught or ends in channelInactive.
@SuppressWarnings("FutureReturnValueIgnored")
final class Refusal {
  /** What is answered by 417. */
  static final String EXPECTATION = "an expectation other than 100-continue";

  private Refusal() {}

  /**
   * What is told of one that came by HTTP/1.1.
   *
   * @param head what is known of it, where it has not begun
   * @param begun the request, where it is being answered
   * @param reason what the client sent
   */
  static UnreadRequest of(
      ClientConnection client,
      RequestHeadReader head,
      @Nullable Http1Exchange begun,
      int status,
      String reason) {
    return new UnreadRequest(
        client,
        begun == null ? head.method() : begun.request().method(),
        begun == null ? head.target() : begun.request().target(),
        "HTTP/1.1",
        status,
        message(status),
        reason);
  }

  /** What a client sent that is answered by 408. */
  static String tooSlow(boolean content, ListenerConfig config) {
    if (!content) {
      return "a head that did not end within %d ms".formatted(config.headerTimeout().toMillis());
    }
    String paused = "content that paused for %d ms".formatted(config.bodyTimeout().toMillis());
    return config.leastBodyRate() == 0
        ? paused
        : paused + ", or came by less than %d bytes a second".formatted(config.leastBodyRate());
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
