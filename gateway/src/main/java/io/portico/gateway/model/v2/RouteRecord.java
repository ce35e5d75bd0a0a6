package io.portico.gateway.model.v2;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A route: which requests or messages it takes, who may send them, and where they go.
 *
 * @param routeKey {@code GET /pets/{id}}, {@code ANY /pets}, {@code $default}, {@code $connect} or
 *     what a route selection expression yields
 * @param target {@code integrations/} and an integration's id, or null for none
 * @param requestParameters by name, whether it is required
 * @param requestModels by content type or key, a model's name
 * @param routeResponses in the order they were made
 * @param apiGatewayManaged whether quick create made it
 */
public record RouteRecord(
    String routeId,
    String routeKey,
    @Nullable String target,
    String authorizationType,
    @Nullable String authorizerId,
    @Nullable List<String> authorizationScopes,
    boolean apiKeyRequired,
    @Nullable String modelSelectionExpression,
    @Nullable String operationName,
    @Nullable Map<String, String> requestModels,
    @Nullable Map<String, Boolean> requestParameters,
    @Nullable String routeResponseSelectionExpression,
    List<RouteResponseRecord> routeResponses,
    boolean apiGatewayManaged) {

  public RouteRecord withKey(String key) {
    return new RouteRecord(
        routeId,
        key,
        target,
        authorizationType,
        authorizerId,
        authorizationScopes,
        apiKeyRequired,
        modelSelectionExpression,
        operationName,
        requestModels,
        requestParameters,
        routeResponseSelectionExpression,
        routeResponses,
        apiGatewayManaged);
  }

  public RouteRecord withRequestParameters(@Nullable Map<String, Boolean> parameters) {
    return new RouteRecord(
        routeId,
        routeKey,
        target,
        authorizationType,
        authorizerId,
        authorizationScopes,
        apiKeyRequired,
        modelSelectionExpression,
        operationName,
        requestModels,
        parameters,
        routeResponseSelectionExpression,
        routeResponses,
        apiGatewayManaged);
  }

  public RouteRecord withResponses(List<RouteResponseRecord> responses) {
    return new RouteRecord(
        routeId,
        routeKey,
        target,
        authorizationType,
        authorizerId,
        authorizationScopes,
        apiKeyRequired,
        modelSelectionExpression,
        operationName,
        requestModels,
        requestParameters,
        routeResponseSelectionExpression,
        responses,
        apiGatewayManaged);
  }
}
