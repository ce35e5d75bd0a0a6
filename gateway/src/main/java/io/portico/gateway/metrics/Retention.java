package io.portico.gateway.metrics;

/**
 * How long points are kept, by their period: what is too old for it is part of a longer one.
 *
 * <p>AWS: source: documented, GetMetricStatistics.
 */
final class Retention {
  /** Periods that are stored, the shortest first. */
  static final int[] PERIODS = {1, 60, 300, 3600};

  private static final long HOUR = 3600;
  private static final long DAY = 24 * HOUR;
  private static final long[] KEPT = {3 * HOUR, 15 * DAY, 63 * DAY, 455 * DAY};

  private Retention() {}

  /** Whether nothing is kept any more of what was written by then. */
  static boolean isOver(long written, long now) {
    return written < now - KEPT[KEPT.length - 1];
  }

  /**
   * The period of which a stored point is part by now.
   *
   * @param now seconds since 1970
   * @return 0 where it is kept no longer
   */
  static int period(int stored, long start, long now) {
    for (int i = 0; i < PERIODS.length; i++) {
      if (PERIODS[i] >= stored && start >= now - KEPT[i]) {
        return PERIODS[i];
      }
    }
    return 0;
  }

  static boolean isPeriod(int seconds) {
    for (int period : PERIODS) {
      if (period == seconds) {
        return true;
      }
    }
    return false;
  }

  static long floor(long time, long period) {
    return Math.floorDiv(time, period) * period;
  }
}
