package io.portico.gateway.metrics;

/**
 * What was measured in a period.
 *
 * @param period seconds: 1, 60, 300 or 3600
 * @param start seconds since 1970, a multiple of the period
 * @param unit as CloudWatch's model has it
 */
public record MetricPoint(int period, long start, String unit, Distribution values) {

  long end() {
    return start + period;
  }
}
