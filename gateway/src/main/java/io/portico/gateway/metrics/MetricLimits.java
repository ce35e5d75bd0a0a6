package io.portico.gateway.metrics;

/**
 * How much is kept.
 *
 * @param series of all accounts and regions
 * @param bytes of their files
 */
public record MetricLimits(int series, long bytes) {}
