package io.portico.gateway.model;

import org.jspecify.annotations.Nullable;

/** Which parts of a request are validated before the integration is called. */
public record RequestValidatorRecord(
    String id,
    @Nullable String name,
    boolean validateRequestBody,
    boolean validateRequestParameters) {}
