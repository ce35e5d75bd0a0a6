package io.portico.transport.listener;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** How a client begins that speaks HTTP/2 (RFC 9113, 3.4); no request of HTTP/1.1 begins so. */
final class Http2Preface {
  private static final byte[] TEXT =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  static final int LENGTH = TEXT.length;

  private Http2Preface() {}

  /** How many of the first bytes are as it is. */
  static int matching(ByteBuf in) {
    int count = Math.min(in.readableBytes(), LENGTH);
    int start = in.readerIndex();
    int same = 0;
    while (same < count && in.getByte(start + same) == TEXT[same]) {
      same++;
    }
    return same;
  }
}
