package io.portico.gateway.openapi;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** How a caller can prove who it is; name and place are those of an {@code apiKey}. */
public record SecurityScheme(
    String type,
    @Nullable String name,
    @Nullable String in,
    @Nullable String openIdConnectUrl,
    ObjectNode extensions) {}
