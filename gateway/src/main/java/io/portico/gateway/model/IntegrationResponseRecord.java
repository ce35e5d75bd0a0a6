package io.portico.gateway.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How one kind of backend answer becomes a method response. */
public record IntegrationResponseRecord(
    String statusCode,
    @Nullable String selectionPattern,
    @Nullable Map<String, String> responseParameters,
    @Nullable Map<String, @Nullable String> responseTemplates,
    @Nullable String contentHandling) {}
