package io.portico.gateway.openapi;

/** A parameter of an operation; {@code in} as written: path, query, header, cookie, formData. */
public record Parameter(String name, String in, boolean required) {}
