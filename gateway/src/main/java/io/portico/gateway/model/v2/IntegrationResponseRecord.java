package io.portico.gateway.model.v2;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What becomes of a backend's answer in a WebSocket API. */
public record IntegrationResponseRecord(
    String integrationResponseId,
    String integrationResponseKey,
    @Nullable String contentHandlingStrategy,
    @Nullable Map<String, String> responseParameters,
    @Nullable Map<String, String> responseTemplates,
    @Nullable String templateSelectionExpression) {}
