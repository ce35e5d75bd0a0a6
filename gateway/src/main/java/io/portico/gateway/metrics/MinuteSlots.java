package io.portico.gateway.metrics;

import java.time.Clock;

/**
 * To which minute belongs what was counted since the last time: that in which most of the time
 * between has been.
 */
public final class MinuteSlots {
  private static final long MINUTE_MILLIS = 60_000;

  private final Clock clock;
  private long lastMillis;

  public MinuteSlots(Clock clock) {
    this.clock = clock;
    this.lastMillis = clock.millis();
  }

  /**
   * @return the start of the minute, in seconds since 1970
   */
  public synchronized long next() {
    long now = clock.millis();
    long minute = Retention.floor(now, MINUTE_MILLIS);
    boolean before = lastMillis < minute && now - minute < minute - lastMillis;
    lastMillis = now;
    return (before ? minute - MINUTE_MILLIS : minute) / 1000;
  }
}
