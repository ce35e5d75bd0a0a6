package io.portico.transport.support;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Waiting until something stops growing. */
public final class Stall {
  private static final Duration QUIET = Duration.ofMillis(300);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Stall() {}

  /** The value at which {@code counter} stays, once it is above zero. */
  public static long of(AtomicLong counter) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    long last = 0;
    long since = System.nanoTime();
    while (true) {
      long now = System.nanoTime();
      long value = counter.get();
      if (value != last) {
        last = value;
        since = now;
      } else if (value > 0 && now - since > QUIET.toNanos()) {
        return value;
      }
      if (now > end) {
        throw new AssertionError("still growing at " + value);
      }
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }
}
