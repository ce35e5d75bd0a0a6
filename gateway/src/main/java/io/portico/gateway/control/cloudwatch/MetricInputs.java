package io.portico.gateway.control.cloudwatch;

import io.portico.gateway.control.protocol.Caller;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.metrics.Dimension;
import io.portico.gateway.metrics.MetricKey;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Members that several operations take. */
final class MetricInputs {
  private static final long DAY = 24 * 3600;

  /** AWS: periods of series of a high resolution; source: documented, MetricStat. */
  private static final List<Integer> SHORT_PERIODS = List.of(1, 5, 10, 20, 30);

  private static final int MINUTE = 60;

  private MetricInputs() {}

  static MetricKey key(Caller caller, Input metric) {
    return new MetricKey(
        caller.scope(),
        metric.string("Namespace"),
        metric.string("MetricName"),
        dimensions(metric));
  }

  static List<Dimension> dimensions(Input input) {
    return input.structures("Dimensions").stream()
        .map(dimension -> new Dimension(dimension.string("Name"), dimension.string("Value")))
        .toList();
  }

  /** A number that need not be whole, or null. */
  static @Nullable Double numberOrNull(Input input, String member) {
    JsonNode value = input.json().get(member);
    return value == null || value.isNull() ? null : value.doubleValue();
  }

  /** A time in seconds since 1970, what is less left out; null where none was sent. */
  static @Nullable Long secondsOrNull(Input input, String member) {
    JsonNode value = input.json().get(member);
    if (value == null || value.isNull()) {
      return null;
    }
    // Of a time that no long holds, the nearest.
    double seconds = value.decimalValue().doubleValue();
    return Math.abs(seconds) > Long.MAX_VALUE / 2000.0
        ? Long.signum((long) seconds) * (Long.MAX_VALUE / 2000)
        : new BigDecimal(value.asString()).longValue();
  }

  static long seconds(Input input, String member) {
    Long seconds = secondsOrNull(input, member);
    if (seconds == null) {
      throw new IllegalStateException("the input has no " + member);
    }
    return seconds;
  }

  static boolean isPeriod(int seconds) {
    return SHORT_PERIODS.contains(seconds) || (seconds > 0 && seconds % MINUTE == 0);
  }

  /**
   * When the first period begins.
   *
   * <p>AWS: rounded down to what is kept of that time; source: documented, GetMetricStatistics.
   */
  static long rounded(long start, int period, Clock clock) {
    long age = clock.instant().getEpochSecond() - start;
    long unit =
        SHORT_PERIODS.contains(period) ? period : age < 15 * DAY ? 60 : age < 63 * DAY ? 300 : 3600;
    return Math.floorDiv(start, unit) * unit;
  }
}
