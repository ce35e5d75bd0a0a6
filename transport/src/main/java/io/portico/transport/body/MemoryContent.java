package io.portico.transport.body;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Content in memory on its way out, slice by slice, so that no more is copied than the peer takes.
 */
public final class MemoryContent {
  private static final int SLICE = 32 * 1024;

  private final byte[] bytes;
  private int offset;

  public MemoryContent(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The next slice, for the caller to release. */
  public ByteBuf next(ByteBufAllocator allocator) {
    int count = Math.min(SLICE, bytes.length - offset);
    ByteBuf slice = allocator.directBuffer(count).writeBytes(bytes, offset, count);
    offset += count;
    return slice;
  }

  public boolean isDone() {
    return offset == bytes.length;
  }
}
