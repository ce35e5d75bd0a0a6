package io.portico.gateway.model.v2;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a WebSocket route answers its client.
 *
 * @param responseParameters by name, whether it is required
 */
public record RouteResponseRecord(
    String routeResponseId,
    String routeResponseKey,
    @Nullable String modelSelectionExpression,
    @Nullable Map<String, String> responseModels,
    @Nullable Map<String, Boolean> responseParameters) {}
