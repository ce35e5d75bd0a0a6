package io.portico.gateway.metrics;

import java.util.List;

/**
 * Some of what was measured in a minute, for others to keep.
 *
 * @param scope account and region of all of them
 * @param minute its start, in seconds since 1970
 */
public record MetricBatch(String scope, long minute, List<Measured> all) {

  /** One metric's values. */
  public record Measured(MetricKey key, String unit, Distribution values) {}
}
