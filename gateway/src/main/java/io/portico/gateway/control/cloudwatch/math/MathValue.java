package io.portico.gateway.control.cloudwatch.math;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/** What an expression comes to: in AWS's words a scalar, a time series, or an array of those. */
public sealed interface MathValue {

  record Scalar(double number) implements MathValue {}

  /**
   * @param points by the start of their period, in seconds since 1970
   * @param period seconds
   */
  record Series(String label, NavigableMap<Long, Double> points, int period) implements MathValue {

    /** The same with other values; those that are no numbers are left out. */
    Series with(DoubleUnaryOperator change) {
      NavigableMap<Long, Double> changed = new TreeMap<>();
      points.forEach(
          (time, value) -> {
            double other = change.applyAsDouble(value);
            if (Double.isFinite(other)) {
              changed.put(time, other);
            }
          });
      return new Series(label, changed, period);
    }
  }

  record SeriesList(List<Series> all) implements MathValue {}
}
