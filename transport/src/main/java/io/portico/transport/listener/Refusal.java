package io.portico.transport.listener;

import io.netty.buffer.ByteBuf;
import io.portico.transport.wire.HeadWriter;
import java.nio.charset.StandardCharsets;

/** The answer to a request that never reaches the handler; the connection ends with it. */
final class Refusal {
  private Refusal() {}

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

  static byte[] body(int status) {
    return ("{\"message\": \"" + message(status) + "\"}").getBytes(StandardCharsets.US_ASCII);
  }

  private static String message(int status) {
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
