package io.portico.gateway.execute.telemetry;

import io.micrometer.core.instrument.Clock;

/**
 * The time as meters know it: when the last call ended, or when they were last asked. Each of a
 * call's meters wants to know the time, all of them the same, and a look at the clock costs more
 * than the rest of what they do.
 */
public final class MeterClock implements Clock {
  private volatile long wallMillis = System.currentTimeMillis();

  @Override
  public long wallTime() {
    return wallMillis;
  }

  @Override
  public long monotonicTime() {
    return System.nanoTime();
  }

  /** It is now; for whoever is about to read the meters. */
  public void look() {
    reached(System.currentTimeMillis());
  }

  /**
   * A call ended.
   *
   * @param epochMillis when; most often it is what the clock shows already
   */
  void reached(long epochMillis) {
    if (wallMillis != epochMillis) {
      wallMillis = epochMillis;
    }
  }
}
