package io.portico.gateway.execute;

import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which calls are recorded: so many in each second, and a share of those beyond.
 *
 * <p>AWS: one a second, and five percent; source: documented,
 * https://docs.aws.amazon.com/xray/latest/devguide/xray-console-sampling.html.
 */
public final class Sampling {
  private static final int COUNT_BITS = 20;
  private static final long COUNTS = 1L << COUNT_BITS;

  private final int reservoir;
  private final double rate;

  /** The second, and how many of the reservoir it has used up. */
  private final AtomicLong used = new AtomicLong();

  /**
   * @param reservoir calls in each second, up to a million
   * @param rate from 0 to 1
   */
  public Sampling(int reservoir, double rate) {
    this.reservoir = reservoir;
    this.rate = rate;
  }

  /** Whether a call is recorded. */
  boolean isSampled(Instant now) {
    return isOfTheReservoir(now.getEpochSecond())
        || (rate > 0 && ThreadLocalRandom.current().nextDouble() < rate);
  }

  private boolean isOfTheReservoir(long second) {
    if (reservoir == 0) {
      return false;
    }
    long before = used.get();
    long taken = before >> COUNT_BITS == second ? before & (COUNTS - 1) : 0;
    // Whoever comes at the same moment and loses is one of those beyond.
    return taken < reservoir && used.compareAndSet(before, (second << COUNT_BITS) | (taken + 1));
  }
}
