package io.portico.gateway.execute.explain;

import java.util.concurrent.atomic.AtomicLong;

/**
 * So many in a second, and no more. Beyond, it costs one read of a number that nobody changes any
 * more in that second.
 */
final class KeptRate {
  private static final int COUNT_BITS = 24;
  private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;
  private static final long SECOND = 1_000_000_000;

  private final int most;

  /** The second, and how many there were in it. */
  private final AtomicLong state = new AtomicLong(-1L << COUNT_BITS);

  /**
   * @param most in a second
   */
  KeptRate(int most) {
    this.most = most;
  }

  /**
   * Takes one.
   *
   * @param nanoTime {@link System#nanoTime}
   */
  boolean take(long nanoTime) {
    long second = Math.floorDiv(nanoTime, SECOND);
    while (true) {
      long before = state.get();
      long count = before >> COUNT_BITS == second ? before & COUNT_MASK : 0;
      if (count >= most) {
        return false;
      }
      if (state.compareAndSet(before, (second << COUNT_BITS) | (count + 1))) {
        return true;
      }
    }
  }
}
