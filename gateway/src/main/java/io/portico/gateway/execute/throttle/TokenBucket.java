package io.portico.gateway.execute.throttle;

import io.portico.gateway.snapshot.ThrottleLimit;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A token bucket as the generic cell rate algorithm (GCRA) keeps it: one number, the time at which
 * the bucket will be full again. A token moves it on by one interval; the further it lies ahead,
 * the fewer tokens are left.
 *
 * <p>The number holds no limit: a changed one is in force with the next token. Times are
 * nanoseconds from zero on.
 */
final class TokenBucket {
  /** What became of a request for a token. */
  enum Outcome {
    TAKEN,
    EMPTY,
    /** The bucket was full and is out of use: another has its name. */
    RETIRED
  }

  private static final long OUT_OF_USE = -1;

  private static final VarHandle FULL_AT;

  static {
    try {
      FULL_AT = MethodHandles.lookup().findVarHandle(TokenBucket.class, "fullAt", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** In the bucket itself: among very many of them, each object more is memory not in the cache. */
  private volatile long fullAt;

  /** A full bucket. */
  TokenBucket(long now) {
    this.fullAt = now;
  }

  Outcome take(ThrottleLimit limit, long now) {
    while (true) {
      long before = fullAt;
      if (before == OUT_OF_USE) {
        return Outcome.RETIRED;
      }
      long start = Math.max(before, now);
      long ahead = start - now;
      if (ahead <= limit.toleranceNanos()) {
        if (moves(before, start + limit.intervalNanos())) {
          return Outcome.TAKEN;
        }
        continue;
      }
      // Further ahead than an empty bucket of this limit: a slower one held before. Its debt must
      // not outlast it.
      long empty = now + Math.max(limit.toleranceNanos(), 0) + limit.intervalNanos();
      if (before <= empty || moves(before, empty)) {
        return Outcome.EMPTY;
      }
    }
  }

  /** How many tokens there are under a limit that lets something through. */
  long left(ThrottleLimit limit, long now) {
    long ahead = Math.max(fullAt - now, 0);
    return Math.max(0, Math.floorDiv(limit.toleranceNanos() - ahead, limit.intervalNanos()) + 1);
  }

  /** Whether the bucket was full, and so as good as a new one: it is out of use from then on. */
  boolean retire(long now) {
    long before = fullAt;
    return before <= now && moves(before, OUT_OF_USE);
  }

  private boolean moves(long before, long after) {
    return FULL_AT.compareAndSet(this, before, after);
  }
}
