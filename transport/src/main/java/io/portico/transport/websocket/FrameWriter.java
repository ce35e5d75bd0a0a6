package io.portico.transport.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.portico.gateway.http.websocket.WebSocketClose;

/** Writes frames of the server: whole, and without a mask (RFC 6455, 5.1). */
final class FrameWriter {
  /** The bit of a message's first frame that says that it is compressed (RFC 7692, 6). */
  static final int COMPRESSED = 0x40;

  private static final int FIN = 0x80;
  private static final int MOST_SHORT = 125;
  private static final int MOST_16 = 0xffff;
  private static final int LENGTH_16 = 126;
  private static final int LENGTH_64 = 127;
  private static final byte[] NOTHING = {};

  private FrameWriter() {}

  /** How long a frame is in all. */
  static int length(byte[] payload) {
    int length = payload.length;
    return length + (length <= MOST_SHORT ? 2 : length <= MOST_16 ? 4 : 10);
  }

  /**
   * A frame.
   *
   * @param kind its opcode, and perhaps {@link #COMPRESSED}
   */
  static ByteBuf frame(ByteBufAllocator alloc, int kind, byte[] payload) {
    int length = payload.length;
    ByteBuf frame = alloc.directBuffer(length(payload));
    frame.writeByte(FIN | kind);
    if (length <= MOST_SHORT) {
      frame.writeByte(length);
    } else if (length <= MOST_16) {
      frame.writeByte(LENGTH_16).writeShort(length);
    } else {
      frame.writeByte(LENGTH_64).writeLong(length);
    }
    return frame.writeBytes(payload);
  }

  /** A close frame; without a code where there is none. */
  static ByteBuf close(ByteBufAllocator alloc, WebSocketClose close) {
    return frame(alloc, Opcode.CLOSE, payload(close));
  }

  private static byte[] payload(WebSocketClose close) {
    if (close.code() == WebSocketClose.NO_STATUS) {
      return NOTHING;
    }
    byte[] reason = close.reason().getBytes(UTF_8);
    byte[] payload = new byte[Short.BYTES + reason.length];
    payload[0] = (byte) (close.code() >>> Byte.SIZE);
    payload[1] = (byte) close.code();
    System.arraycopy(reason, 0, payload, Short.BYTES, reason.length);
    return payload;
  }
}
