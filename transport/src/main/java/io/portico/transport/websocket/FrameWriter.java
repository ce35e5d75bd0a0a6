package io.portico.transport.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.portico.gateway.http.websocket.WebSocketClose;

/** Writes frames of the server, without a mask (RFC 6455, 5.1). */
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

  /**
   * How long the frames of a message are in all.
   *
   * @param most bytes of the payload of one
   */
  static int length(int payload, int most) {
    int full = payload / most;
    int rest = payload % most;
    return full * (most + head(most)) + (rest > 0 || full == 0 ? rest + head(rest) : 0);
  }

  private static int head(int payload) {
    return payload <= MOST_SHORT ? 2 : payload <= MOST_16 ? 4 : 10;
  }

  /** A frame that is whole. */
  static ByteBuf frame(ByteBufAllocator alloc, int opcode, byte[] payload) {
    return message(alloc, opcode, payload, Math.max(1, payload.length));
  }

  /**
   * The frames of a message, one behind the other.
   *
   * @param kind the opcode of the first, and perhaps {@link #COMPRESSED}
   * @param most bytes of the payload of one
   */
  static ByteBuf message(ByteBufAllocator alloc, int kind, byte[] payload, int most) {
    int length = length(payload.length, most);
    // No room behind them: what coalesces writes must not write into bytes that others share.
    ByteBuf frames = alloc.directBuffer(length, length);
    int at = 0;
    int first = kind;
    do {
      int count = Math.min(most, payload.length - at);
      boolean last = at + count == payload.length;
      writeHead(frames, last ? FIN | first : first, count);
      frames.writeBytes(payload, at, count);
      at += count;
      first = Opcode.CONTINUATION;
    } while (at < payload.length);
    return frames;
  }

  private static void writeHead(ByteBuf frame, int first, int length) {
    frame.writeByte(first);
    if (length <= MOST_SHORT) {
      frame.writeByte(length);
    } else if (length <= MOST_16) {
      frame.writeByte(LENGTH_16).writeShort(length);
    } else {
      frame.writeByte(LENGTH_64).writeLong(length);
    }
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
