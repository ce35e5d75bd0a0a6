package io.portico.gateway.execute.integration;

import io.portico.gateway.aws.Credentials;
import io.portico.gateway.aws.SigV4Signer;
import io.portico.gateway.execute.EndpointResponse;
import io.portico.gateway.execute.IntegrationRequest;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.gateway.snapshot.AwsEndpoint;
import io.portico.gateway.snapshot.IntegrationSnapshot;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;

/**
 * {@code AWS} with a service other than Lambda: the call is signed and sent, the answer selects an
 * integration response by its status.
 */
final class ServiceIntegration {
  private final Upstream upstream;
  private final Credentials credentials;
  private final Clock clock;

  /**
   * @param upstream reaches the services
   * @param credentials sign the calls, whatever role an integration names
   */
  ServiceIntegration(Upstream upstream, Credentials credentials, Clock clock) {
    this.upstream = upstream;
    this.credentials = credentials;
    this.clock = clock;
  }

  EndpointResponse call(
      IntegrationRequest request, IntegrationSnapshot.Service service, MethodMatch match)
      throws IOException {
    Duration timeout = match.invocation().remaining(service.timeout());
    long deadlineNanos = System.nanoTime() + timeout.toNanos();
    ServiceRequest outbound = ServiceRequest.of(request, service, match.invocation());
    AwsEndpoint endpoint = service.endpoint();
    Headers signed =
        new SigV4Signer(credentials, endpoint.region(), endpoint.signingName())
            .sign(
                outbound.method(),
                outbound.target(),
                outbound.headers(),
                outbound.body(),
                clock.instant());
    UpstreamResponse response =
        upstream.send(
            new UpstreamRequest(
                outbound.method(),
                endpoint.origin(),
                outbound.target(),
                signed,
                Body.of(outbound.body()),
                timeout));
    String wrapped = outbound.wrappedAction();
    if (wrapped == null) {
      return new EndpointResponse(
          response.status(), response.headers(), response.body(), deadlineNanos);
    }
    byte[] document = response.body().readAll(match.stage().payloadLimit(), deadlineNanos);
    match.invocation().takesApart(document);
    return QueryReply.of(wrapped, response, document, deadlineNanos);
  }
}
