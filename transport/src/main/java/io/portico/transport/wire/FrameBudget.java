package io.portico.transport.wire;

import java.util.concurrent.TimeUnit;

/** So many of something within ten seconds; what was not used up in time is lost. */
final class FrameBudget {
  private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final int most;
  private double left;
  private long refilled;

  FrameBudget(int most, long now) {
    this.most = most;
    this.left = most;
    this.refilled = now;
  }

  /** Takes one; false if there is none left. */
  boolean take(long now) {
    if (left < 1) {
      left = Math.min(most, left + (double) (now - refilled) / PERIOD_NANOS * most);
      refilled = now;
    }
    left--;
    return left >= 0;
  }

  /** Gives back some, for what a peer did that calls for more. */
  void give(int some) {
    left = Math.min(most, left + some);
  }
}
