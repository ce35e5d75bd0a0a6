package io.portico.gateway.control.cloudwatch;

import io.portico.gateway.metrics.Dimension;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of the queries of GetMetricData, or of an alarm: a metric's statistic, or an expression over
 * others.
 *
 * @param metric null for an expression
 * @param expression null for a metric
 * @param returnData whether its values are asked for
 * @param period of an expression, as it was sent
 */
public record MetricQuery(
    String id,
    @Nullable OfMetric metric,
    @Nullable String expression,
    @Nullable String label,
    boolean returnData,
    @Nullable Integer period) {

  /**
   * A metric's statistic.
   *
   * @param period seconds
   * @param unit null for any
   */
  public record OfMetric(
      String namespace,
      String name,
      List<Dimension> dimensions,
      int period,
      String stat,
      @Nullable String unit) {}
}
