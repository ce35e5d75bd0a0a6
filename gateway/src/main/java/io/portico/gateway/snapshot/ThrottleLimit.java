package io.portico.gateway.snapshot;

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

  private static final double NANOS = 1e9;

  /** A hundred years: sums of a few stay far from overflow. */
  private static final double LONGEST = 100L * 365 * 24 * 3600 * NANOS / 2;

  /**
   * @param rateLimit requests a second
   * @param burstLimit requests at once
   */
  public static ThrottleLimit of(double rateLimit, int burstLimit) {
    if (!(rateLimit > 0) || burstLimit <= 0) {
      return NOTHING;
    }
    double interval = Math.min(NANOS / rateLimit, LONGEST);
    return new ThrottleLimit(
        Math.round(interval), Math.round(Math.min(interval * (burstLimit - 1.0), LONGEST)));
  }

  /** Whether no request gets through. */
  public boolean isNothing() {
    return toleranceNanos < 0;
  }
}
