package io.portico.transport.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;

/** What stands between chunks on their way out. */
public final class ChunkFraming {
  private ChunkFraming() {}

  /**
   * What stands before a chunk.
   *
   * @param first whether no chunk went before, whose end this would be too
   */
  public static ByteBuf before(ByteBufAllocator allocator, int bytes, boolean first) {
    String size = Integer.toHexString(bytes) + "\r\n";
    return ByteBufUtil.writeAscii(allocator, first ? size : "\r\n" + size);
  }

  /** What stands after the last chunk. */
  public static ByteBuf last(ByteBufAllocator allocator, boolean first) {
    return ByteBufUtil.writeAscii(allocator, first ? "0\r\n\r\n" : "\r\n0\r\n\r\n");
  }
}
