package io.portico.gateway.metrics;

import org.jspecify.annotations.Nullable;

/**
 * What is asked of a series.
 *
 * @param from seconds since 1970; periods are counted from here
 * @param to seconds since 1970; excluded
 * @param period seconds
 * @param unit null for any
 */
public record MetricRange(long from, long to, int period, @Nullable String unit) {}
