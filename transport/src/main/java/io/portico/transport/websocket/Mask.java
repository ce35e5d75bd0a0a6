package io.portico.transport.websocket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Masking of a client's payload (RFC 6455, 5.3). */
final class Mask {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Mask() {}

  /**
   * Takes the mask off some bytes.
   *
   * @param key whose first byte is for the first of them
   * @return the key for the byte behind them
   */
  static int remove(byte[] bytes, int from, int count, int key) {
    long twice = ((long) key << Integer.SIZE) | (key & 0xffff_ffffL);
    int next = from;
    int end = from + count;
    for (; next <= end - Long.BYTES; next += Long.BYTES) {
      LONGS.set(bytes, next, (long) LONGS.get(bytes, next) ^ twice);
    }
    int rest = key;
    for (; next < end; next++) {
      bytes[next] ^= (byte) (rest >>> 24);
      rest = Integer.rotateLeft(rest, Byte.SIZE);
    }
    return rest;
  }
}
