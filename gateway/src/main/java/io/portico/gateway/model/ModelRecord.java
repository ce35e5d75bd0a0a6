package io.portico.gateway.model;

import org.jspecify.annotations.Nullable;

/** A model of a REST API: a named JSON Schema (draft-04) for one content type. */
public record ModelRecord(
    String id,
    String name,
    @Nullable String description,
    String contentType,
    @Nullable String schema) {}
