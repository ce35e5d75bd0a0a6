package io.portico.gateway.metrics;

/** A part of a metric's identity, such as {@code Stage=prod}. */
public record Dimension(String name, String value) {}
