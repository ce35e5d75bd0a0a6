package io.portico.gateway.snapshot;

import java.time.LocalDate;

/**
 * A usage plan's quota: how many requests each of its API keys has in a period, over all of the
 * plan's stages. Periods begin and end at midnight, UTC.
 *
 * @param limit requests in a period
 * @param offset the day on which a period starts
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html">Usage
 *     plans</a>
 */
public record UsageQuota(int limit, int offset, Period period) {
  /** How long it holds. */
  public enum Period {
    DAY,
    WEEK,
    MONTH
  }

  private static final int WEEK = 7;

  /** 1970-01-01 was a Thursday, the fourth day of a week that starts on Sunday with day 0. */
  private static final int THURSDAY = 4;

  /**
   * The first day of the period in which a day lies; days are counted from 1970-01-01 on, UTC.
   *
   * <p>AWS: the offset is the day that a period starts: of a week, 0 is Sunday and 1 Monday;
   * source: documented, aws-sdk-apigateway 1.73.0, {@code Types::QuotaSettings#offset}. (Today's
   * model has the words of 2016 again, "the number of requests subtracted from the given limit in
   * the initial time period", which the offsets that AWS allows, to 6 and 27, contradict.) Of a
   * month, 0 is the first day: inferred from the same. That days are those of UTC: reported by
   * users, as is that no date after UTC's today is taken by GetUsage.
   */
  public long start(long day) {
    return switch (period) {
      case DAY -> day;
      case WEEK -> day - Math.floorMod(day + THURSDAY - offset, WEEK);
      case MONTH -> monthStart(LocalDate.ofEpochDay(day)).toEpochDay();
    };
  }

  private LocalDate monthStart(LocalDate day) {
    LocalDate start = day.withDayOfMonth(offset + 1);
    return start.isAfter(day) ? start.minusMonths(1) : start;
  }
}
