package io.portico.gateway.model;

/** Which documentation part is about a location, by the part's id. */
public record DocumentedLocationRecord(String partId) {}
