package io.portico.gateway.model;

/** What is said about an API entity; {@code properties} is a JSON object's text, as it was sent. */
public record DocumentationPartRecord(
    String id, DocumentationLocation location, String properties) {}
