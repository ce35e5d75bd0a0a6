package io.portico.gateway.model;

import io.portico.gateway.json.SmallMap;
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
    @Nullable IntegrationRecord methodIntegration) {

  /** This method with another integration, or none. */
  public MethodRecord withIntegration(@Nullable IntegrationRecord integration) {
    return new MethodRecord(
        httpMethod,
        authorizationType,
        authorizerId,
        authorizationScopes,
        apiKeyRequired,
        requestValidatorId,
        operationName,
        requestParameters,
        requestModels,
        methodResponses,
        integration);
  }

  /** This method with the response added, or put in place of the one of the same status code. */
  public MethodRecord withResponse(MethodResponseRecord response) {
    Map<String, MethodResponseRecord> changed =
        methodResponses == null ? new SmallMap<>() : new SmallMap<>(methodResponses);
    changed.put(response.statusCode(), response);
    return withResponses(changed);
  }

  /** This method without the response. */
  public MethodRecord withoutResponse(String statusCode) {
    Map<String, MethodResponseRecord> changed =
        methodResponses == null ? new SmallMap<>() : new SmallMap<>(methodResponses);
    changed.remove(statusCode);
    return withResponses(changed);
  }

  private MethodRecord withResponses(Map<String, MethodResponseRecord> responses) {
    return new MethodRecord(
        httpMethod,
        authorizationType,
        authorizerId,
        authorizationScopes,
        apiKeyRequired,
        requestValidatorId,
        operationName,
        requestParameters,
        requestModels,
        responses.isEmpty() ? null : responses,
        methodIntegration);
  }
}
