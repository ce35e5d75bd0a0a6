package io.portico.transport.body;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

/**
 * Content in memory on its way out, slice by slice, so that no more is copied than the peer takes.
 */
public final class MemoryContent {
  private static final int SLICE = 32 * 1024;

  private final byte[] bytes;
  private final int length;
  private int offset;

  public MemoryContent(byte[] bytes) {
    this(bytes, bytes.length);
  }

  /** The first {@code length} of these bytes. */
  MemoryContent(byte[] bytes, int length) {
    this.bytes = bytes;
    this.length = length;
  }

  /** The next slice, for the caller to release. */
  public ByteBuf next(ByteBufAllocator allocator) {
    int count = Math.min(SLICE, length - offset);
    ByteBuf slice = allocator.directBuffer(count).writeBytes(bytes, offset, count);
    offset += count;
    return slice;
  }

  /** The next slice, uncopied. */
  ByteBuf next() {
    int count = Math.min(SLICE, length - offset);
    ByteBuf slice = Unpooled.wrappedBuffer(bytes, offset, count);
    offset += count;
    return slice;
  }

  public boolean isDone() {
    return offset == length;
  }
}
