package io.portico.gateway.snapshot;

/**
 * A stage's <b>cache cluster</b>: that it keeps answers, and how many.
 *
 * @param bytes its size, which bounds what is kept for the stage
 * @param partition whose answers calls get: those of one deployment
 */
public record CacheCluster(long bytes, String partition) {}
