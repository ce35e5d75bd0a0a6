package io.portico.gateway.snapshot;

/**
 * Where API Gateway finds the API key of a caller.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-key-source.html">Choose
 *     an API key source</a>
 */
public enum ApiKeySource {
  /** In the header {@code x-api-key}. */
  HEADER,
  /** In the {@code usageIdentifierKey} of what a Lambda authorizer answers. */
  AUTHORIZER
}
