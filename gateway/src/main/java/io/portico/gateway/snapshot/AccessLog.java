package io.portico.gateway.snapshot;

/**
 * A stage's access log.
 *
 * @param format the line's template, as configured: {@code $context} variables among other text
 * @param destination the log group or stream it is meant for, as an ARN
 */
public record AccessLog(String format, String destination) {}
