package io.portico.gateway.model.portals;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A product REST endpoint page: a method of a deployed REST API, and what is said about it.
 *
 * @param overrides what is said instead of the API's own documentation, or null
 */
public record ProductRestEndpointPageRecord(
    String productRestEndpointPageId,
    IdentifierParts identifierParts,
    @Nullable Overrides overrides,
    String tryItState,
    Instant lastModified) {

  /** Which method of which stage. */
  public record IdentifierParts(String restApiId, String stage, String path, String method) {}

  /** Each of them, or null for what the API says. */
  public record Overrides(
      @Nullable String body, @Nullable String endpoint, @Nullable String operationName) {}
}
