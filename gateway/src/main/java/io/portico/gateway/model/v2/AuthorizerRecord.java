package io.portico.gateway.model.v2;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An authorizer of an HTTP or WebSocket API; {@code authorizerType} is REQUEST or JWT. */
public record AuthorizerRecord(
    String authorizerId,
    String name,
    String authorizerType,
    @Nullable String authorizerCredentialsArn,
    @Nullable String authorizerPayloadFormatVersion,
    @Nullable Integer authorizerResultTtlInSeconds,
    @Nullable String authorizerUri,
    @Nullable Boolean enableSimpleResponses,
    @Nullable List<String> identitySource,
    @Nullable String identityValidationExpression,
    @Nullable JwtConfiguration jwtConfiguration) {

  /** Whose tokens are taken, and for whom they are meant. */
  public record JwtConfiguration(@Nullable List<String> audience, @Nullable String issuer) {}
}
