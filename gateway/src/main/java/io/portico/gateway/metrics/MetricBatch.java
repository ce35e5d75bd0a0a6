package io.portico.gateway.metrics;

import java.util.List;

/**
 * What was measured in a minute, for others to keep.
 *
 * @param minute its start, in seconds since 1970
 */
public record MetricBatch(long minute, List<Measured> all) {

  /** One metric's values. */
  public record Measured(MetricKey key, String unit, Distribution values) {}
}
