package io.portico.gateway.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a method may answer with one status code. */
public record MethodResponseRecord(
    String statusCode,
    @Nullable Map<String, Boolean> responseParameters,
    @Nullable Map<String, String> responseModels) {}
