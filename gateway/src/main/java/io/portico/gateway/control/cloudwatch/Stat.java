package io.portico.gateway.control.cloudwatch;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.metrics.Distribution;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A statistic of a period's values.
 *
 * @param percent of a percentile; null for others
 */
record Stat(String name, @Nullable Double percent, ToDoubleFunction<Distribution> of) {
  static final Set<String> SIMPLE = Set.of("SampleCount", "Average", "Sum", "Minimum", "Maximum");

  private static final Pattern PERCENTILE = Pattern.compile("p(\\d{1,3}(?:\\.\\d{1,10})?)");

  /** AWS: source: documented, "CloudWatch statistics definitions". */
  private static final Pattern TRIMMED =
      Pattern.compile("(?i)iqm|(tm|wm|pr|tc|ts)(\\d{1,3}(\\.\\d{1,10})?|\\(.{0,100}\\))");

  /**
   * A statistic by its name.
   *
   * @return null where there is none
   * @throws ServiceException {@code NotImplementedException} for one that Portico does not have
   */
  static @Nullable Stat find(String name) {
    Matcher percentile = PERCENTILE.matcher(name);
    if (percentile.matches()) {
      double percent = Double.parseDouble(percentile.group(1));
      return percent > 100
          ? null
          : new Stat(name, percent, distribution -> distribution.percentile(percent));
    }
    if (TRIMMED.matcher(name).matches()) {
      throw ServiceException.notImplemented("The statistic " + name);
    }
    return switch (name) {
      case "SampleCount" -> new Stat(name, null, Distribution::count);
      case "Average" -> new Stat(name, null, Distribution::average);
      case "Sum" -> new Stat(name, null, Distribution::sum);
      case "Minimum" -> new Stat(name, null, Distribution::minimum);
      case "Maximum" -> new Stat(name, null, Distribution::maximum);
      default -> null;
    };
  }

  boolean isPercentile() {
    return percent != null;
  }

  /** It by time, where it can be told. */
  NavigableMap<Long, Double> byTime(NavigableMap<Long, Distribution> values) {
    NavigableMap<Long, Double> known = new TreeMap<>();
    values.forEach(
        (time, distribution) -> {
          if (isKnownOf(distribution)) {
            known.put(time, of.applyAsDouble(distribution));
          }
        });
    return known;
  }

  /** Whether it can be told of these values. */
  boolean isKnownOf(Distribution values) {
    return !isPercentile() || values.hasPercentiles();
  }
}
