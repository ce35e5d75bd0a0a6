package io.portico.gateway.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A documentation version: an API's documentation parts as they were when it was made, never
 * changed afterwards.
 */
public record DocumentationVersionRecord(
    String version,
    @Nullable String description,
    Instant createdDate,
    List<DocumentationPartRecord> parts) {}
