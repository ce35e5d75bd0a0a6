package io.portico.gateway.metrics;

/**
 * A series, as it is found in a list.
 *
 * @param lastWrittenMillis when the last value came
 */
public record ListedMetric(MetricKey key, long lastWrittenMillis) {}
