package io.portico.gateway.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A method of a resource. {@code requestParameters} maps {@code method.request.<place>.<name>} to
 * whether it is required, {@code requestModels} a content type to a model's name; {@code
 * methodResponses} is keyed by status code.
 */
public record MethodRecord(
    String httpMethod,
    String authorizationType,
    @Nullable String authorizerId,
    @Nullable List<String> authorizationScopes,
    boolean apiKeyRequired,
    @Nullable String requestValidatorId,
    @Nullable String operationName,
    @Nullable Map<String, Boolean> requestParameters,
    @Nullable Map<String, String> requestModels,
    @Nullable Map<String, MethodResponseRecord> methodResponses,
    @Nullable IntegrationRecord methodIntegration) {}
