package io.portico.gateway.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A customised gateway response; types that were not customised have no record. */
public record GatewayResponseRecord(
    String responseType,
    @Nullable String statusCode,
    @Nullable Map<String, String> responseParameters,
    @Nullable Map<String, String> responseTemplates) {}
