package io.portico.transport.listener;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How fast a body must arrive: no pause is longer than allowed, and once such a pause's worth of
 * time is used up, what has arrived in all must make up for the rest. Time in which nobody wants
 * the body does not count.
 */
final class Pace {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final long pauseNanos;

  /** Bytes a second, or 0 where only pauses count. */
  private final int leastRate;

  private long spentNanos;
  private long since;
  private boolean running;
  private long bytes;

  Pace(Duration longestPause, int leastRate) {
    this.pauseNanos = longestPause.toNanos();
    this.leastRate = leastRate;
  }

  /** A body begins. */
  void begin(long now) {
    spentNanos = 0;
    bytes = 0;
    since = now;
    running = true;
  }

  /** Some of it has arrived. */
  void arrived(long count) {
    bytes += count;
  }

  /** Nobody wants more for now. */
  void stop(long now) {
    if (running) {
      spentNanos += now - since;
      running = false;
    }
  }

  /** More is wanted. */
  void go(long now) {
    if (!running) {
      running = true;
      since = now;
    }
  }

  /** How long the next bytes may take. */
  long left(long now) {
    if (leastRate == 0) {
      return pauseNanos;
    }
    long spent = running ? spentNanos + now - since : spentNanos;
    double earned = (double) bytes / leastRate * SECOND;
    long allowed = pauseNanos + (long) Math.min(earned, Long.MAX_VALUE / 4.0) - spent;
    return Math.clamp(allowed, 0, pauseNanos);
  }
}
