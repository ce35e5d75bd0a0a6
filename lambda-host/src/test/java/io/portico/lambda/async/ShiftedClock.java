package io.portico.lambda.async;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that can be put forward. */
public final class ShiftedClock extends Clock {
  private final Clock base;
  private final AtomicLong shiftMillis = new AtomicLong();

  /** One that goes as {@code base} does otherwise. */
  public ShiftedClock(Clock base) {
    this.base = base;
  }

  /** One that stands still otherwise. */
  public static ShiftedClock at(Instant instant) {
    return new ShiftedClock(Clock.fixed(instant, ZoneOffset.UTC));
  }

  /** Puts it forward. */
  public void advance(Duration time) {
    shiftMillis.addAndGet(time.toMillis());
  }

  @Override
  public Instant instant() {
    return base.instant().plusMillis(shiftMillis.get());
  }

  @Override
  public ZoneId getZone() {
    return base.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("of no use here");
  }
}
