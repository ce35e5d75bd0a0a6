package io.portico.gateway.snapshot;

/**
 * With whose credentials an AWS service is called for an integration, or a function for an
 * authorizer.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html">PutIntegration,
 *     credentials</a>
 */
public sealed interface SigningIdentity {

  /** The gateway's own. */
  record Gateway() implements SigningIdentity {}

  /** Those of whoever calls the method or route. */
  record Caller() implements SigningIdentity {}

  /**
   * Those of a session of a role, which the gateway assumes with its own.
   *
   * @param arn of the role
   * @param sts where it is assumed
   * @param path of that call; begins with a slash
   */
  record Role(String arn, AwsEndpoint sts, String path) implements SigningIdentity {}
}
