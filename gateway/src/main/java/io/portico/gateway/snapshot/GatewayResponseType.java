package io.portico.gateway.snapshot;

import org.jspecify.annotations.Nullable;

/**
 * AWS's 21 gateway response types: what a failure is called, and how it is answered where nobody
 * customised it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html">Gateway
 *     response types</a>
 */
public enum GatewayResponseType {
  ACCESS_DENIED(403, "AccessDeniedException", "User is not authorized to access this resource"),
  API_CONFIGURATION_ERROR(500, "InternalServerErrorException", "Internal server error"),
  AUTHORIZER_CONFIGURATION_ERROR(500, "AuthorizerConfigurationException", null),
  AUTHORIZER_FAILURE(500, "AuthorizerConfigurationException", null),
  BAD_REQUEST_BODY(400, "BadRequestException", "Invalid request body"),
  BAD_REQUEST_PARAMETERS(400, "BadRequestException", null),
  DEFAULT_4XX(400, "BadRequestException", "Bad Request"),
  DEFAULT_5XX(500, "InternalServerErrorException", "Internal server error"),
  EXPIRED_TOKEN(403, "ExpiredTokenException", null),
  INTEGRATION_FAILURE(
      504, "InternalServerErrorException", "Network error communicating with endpoint"),
  INTEGRATION_TIMEOUT(504, "InternalServerErrorException", "Endpoint request timed out"),
  INVALID_API_KEY(403, "ForbiddenException", "Forbidden"),
  INVALID_SIGNATURE(403, "InvalidSignatureException", null),
  MISSING_AUTHENTICATION_TOKEN(
      403, "MissingAuthenticationTokenException", "Missing Authentication Token"),
  QUOTA_EXCEEDED(429, "LimitExceededException", "Limit Exceeded"),
  // AWS: source: reported by users, https://github.com/koki-develop/lgtm-generator/issues/10.
  REQUEST_TOO_LARGE(413, "BadRequestException", "Request Too Long"),
  RESOURCE_NOT_FOUND(404, "NotFoundException", "Not found"),
  THROTTLED(429, "TooManyRequestsException", "Too Many Requests"),
  UNAUTHORIZED(401, "UnauthorizedException", "Unauthorized"),
  UNSUPPORTED_MEDIA_TYPE(415, "BadRequestException", "Unsupported Media Type"),
  WAF_FILTERED(403, "ForbiddenException", "Forbidden");

  private final int status;
  private final String errorType;
  private final @Nullable String text;

  GatewayResponseType(int status, String errorType, @Nullable String text) {
    this.status = status;
    this.errorType = errorType;
    this.text = text;
  }

  /** The status where none is customised; recorded, facts GWR-01. */
  public int status() {
    return status;
  }

  /** The value of {@code x-amzn-ErrorType}. */
  public String errorType() {
    return errorType;
  }

  /**
   * {@code $context.error.message} where the fault brings no text of its own; null prints as null.
   * It is null, too, where all faults bring one: of a signature, those of its verifier.
   */
  public @Nullable String text() {
    return text;
  }

  /**
   * Whether the answer can be customised, by the type or its default. AWS: source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html#api-gateway-known-issues-rest-apis;
   * that the customisation is taken all the same, and does nothing: reported by users,
   * https://zenn.dev/august/articles/67c76de854cb6d.
   */
  public boolean isCustomisable() {
    return this != REQUEST_TOO_LARGE;
  }

  /** The type whose customisation applies where this one has none. */
  public GatewayResponseType fallback() {
    return status >= 500 ? DEFAULT_5XX : DEFAULT_4XX;
  }
}
