package io.portico.bench.load;

import java.time.Duration;

/** How long single calls took, one after the other: those behind a lead count. Begins at once. */
final class Laps {
  /** More than anything answers one call at a time within a window. */
  private static final int MOST = 1 << 20;

  private final long[] nanos = new long[MOST];
  private final long counting;
  private final long end;
  private int counted;
  private long failed;

  Laps(Duration lead, Duration length) {
    this.counting = System.nanoTime() + lead.toNanos();
    this.end = counting + length.toNanos();
  }

  /** Whether no other call is to begin. */
  boolean over(long now) {
    return now - end >= 0 || counted == MOST;
  }

  void count(long from, long to, boolean ok) {
    if (from - counting < 0) {
      return;
    }
    if (ok) {
      nanos[counted++] = to - from;
    } else {
      failed++;
    }
  }

  Latencies latencies() {
    return Latencies.of(nanos, counted, failed);
  }
}
