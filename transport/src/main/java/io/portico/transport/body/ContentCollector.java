package io.portico.transport.body;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.Arrays;

/** Takes content into memory. */
final class ContentCollector extends Collector {
  private static final int FIRST_CAPACITY = 8 * 1024;
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  private final long limit;
  private final boolean givesBack;

  private byte[] content = {};
  private int length;
  private boolean gaveBack;

  /**
   * @param givesBack whether content beyond the limit goes back to where it comes from, all of it,
   *     instead of ending with an exception
   */
  ContentCollector(IncomingBody body, long limit, boolean givesBack) {
    super(body);
    this.limit = Math.min(limit, LONGEST_ARRAY);
    this.givesBack = givesBack;
  }

  /** What was collected, after the wait. */
  byte[] content() {
    return length == content.length || gaveBack ? content : Arrays.copyOf(content, length);
  }

  /** Whether the content was too long and is to be taken by somebody else; asked after the wait. */
  boolean gaveBack() {
    return gaveBack;
  }

  @Override
  public void take(ByteBuf bytes) {
    if (givesBack && !isDone() && (long) length + bytes.readableBytes() > limit) {
      body().takeBack(content, length, bytes);
      gaveBack = true;
      finish(null);
      return;
    }
    try {
      if (isDone()) {
        return;
      }
      int more = bytes.readableBytes();
      if ((long) length + more > limit) {
        content = new byte[0];
        tooLong(limit);
        return;
      }
      ensure(length + more);
      bytes.readBytes(content, length, more);
      length += more;
    } finally {
      bytes.release();
    }
  }

  @Override
  public void end() {
    finish(null);
  }

  @Override
  public void fail(IOException cause) {
    finish(cause);
  }

  private void ensure(int capacity) {
    if (capacity <= content.length) {
      return;
    }
    long known = body().length();
    long wanted =
        known >= capacity && known <= 8L * capacity + FIRST_CAPACITY
            ? known
            : Math.max(FIRST_CAPACITY, 2L * capacity);
    content = Arrays.copyOf(content, (int) Math.min(wanted, limit));
  }
}
