package io.portico.gateway.snapshot;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A throttle as a token bucket sees it: {@code burstLimit} tokens at most, refilled at {@code
 * rateLimit} a second. A limit of zero lets no request through.
 *
 * @param intervalNanos in which one token is refilled
 * @param toleranceNanos how far a full bucket runs ahead of its refill: one interval less than all
 *     of its tokens; negative where there are none
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html">Throttling</a>
 */
public record ThrottleLimit(long intervalNanos, long toleranceNanos) {
  /** Lets nothing through. */
  public static final ThrottleLimit NOTHING = new ThrottleLimit(0, -1);

  private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);

  /** A hundred years: sums of a few stay far from overflow. */
  private static final long LONGEST = 100L * 365 * 24 * 3600 * 1_000_000_000 / 2;

  /**
   * A throttle. Where a second is no multiple of the rate, a token is refilled less than a
   * nanosecond late and never early: however long it runs, no more get through than the limits say.
   *
   * @param rateLimit requests a second
   * @param burstLimit requests at once
   */
  public static ThrottleLimit of(double rateLimit, int burstLimit) {
    if (!(rateLimit > 0) || burstLimit <= 0) {
      return NOTHING;
    }
    long interval =
        Double.isInfinite(rateLimit)
            ? 1
            : NANOS
                .divide(BigDecimal.valueOf(rateLimit), 0, RoundingMode.CEILING)
                .min(BigDecimal.valueOf(LONGEST))
                .longValueExact();
    long others = burstLimit - 1L;
    return new ThrottleLimit(interval, others > LONGEST / interval ? LONGEST : interval * others);
  }

  /** Requests at once. */
  public long burst() {
    return isNothing() ? 0 : toleranceNanos / intervalNanos + 1;
  }

  /** Requests a second. */
  public double rate() {
    return isNothing() ? 0 : 1e9 / intervalNanos;
  }

  /** Whether no request gets through. */
  public boolean isNothing() {
    return toleranceNanos < 0;
  }
}
