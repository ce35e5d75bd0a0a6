package io.portico.gateway.model.v2;

import org.jspecify.annotations.Nullable;

/** A model: the JSON Schema of a message. */
public record ModelRecord(
    String modelId,
    String name,
    @Nullable String contentType,
    @Nullable String description,
    @Nullable String schema) {}
