package io.portico.gateway.execute.integration;

import io.portico.gateway.aws.Credentials;
import io.portico.gateway.aws.SigV4Signer;
import io.portico.gateway.snapshot.AwsEndpoint;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whatever signs with the same credentials, of which it keeps what it has derived from them: a key
 * for each region and service, the same for a whole day.
 */
public final class Signers {
  private final Credentials credentials;

  /** Those of the endpoints that APIs name. */
  private final Map<Scope, SigV4Signer> byScope = new ConcurrentHashMap<>();

  private final Map<LambdaInvoke, LambdaInvoke> invocations = new ConcurrentHashMap<>();

  private record Scope(String region, String service) {}

  Signers(Credentials credentials) {
    this.credentials = credentials;
  }

  Credentials credentials() {
    return credentials;
  }

  /** What signs the calls of an endpoint. */
  public SigV4Signer of(AwsEndpoint endpoint) {
    return byScope.computeIfAbsent(
        new Scope(endpoint.region(), endpoint.signingName()),
        scope -> new SigV4Signer(credentials, scope.region, scope.service));
  }

  /**
   * What invokes functions.
   *
   * @param other does so with other credentials
   */
  LambdaInvoke of(LambdaInvoke other) {
    return invocations.computeIfAbsent(other, any -> any.signedBy(credentials));
  }
}
