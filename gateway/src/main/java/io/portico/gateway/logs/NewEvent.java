package io.portico.gateway.logs;

/**
 * An event to add.
 *
 * @param timestamp when it happened, in milliseconds since 1970
 */
public record NewEvent(long timestamp, String message) {}
