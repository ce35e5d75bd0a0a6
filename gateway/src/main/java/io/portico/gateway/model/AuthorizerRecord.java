package io.portico.gateway.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An authorizer of a REST API; {@code type} is TOKEN, REQUEST or COGNITO_USER_POOLS. */
public record AuthorizerRecord(
    String id,
    String name,
    String type,
    @Nullable List<String> providerARNs,
    @Nullable String authType,
    @Nullable String authorizerUri,
    @Nullable String authorizerCredentials,
    @Nullable String identitySource,
    @Nullable String identityValidationExpression,
    @Nullable Integer authorizerResultTtlInSeconds) {

  /** This authorizer under another id. */
  public AuthorizerRecord withId(String newId) {
    return new AuthorizerRecord(
        newId,
        name,
        type,
        providerARNs,
        authType,
        authorizerUri,
        authorizerCredentials,
        identitySource,
        identityValidationExpression,
        authorizerResultTtlInSeconds);
  }
}
