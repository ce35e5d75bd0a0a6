package io.portico.server;

import io.portico.gateway.aws.Credentials;
import io.portico.gateway.aws.SigV4Signer;
import io.portico.gateway.compile.ServiceEndpoints;
import io.portico.gateway.compile.UnusableException;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.gateway.snapshot.AwsEndpoint;
import io.portico.lambda.async.NoEndpointException;
import io.portico.lambda.async.ServiceCall;
import io.portico.lambda.async.ServiceCalls;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;

/**
 * What the Lambda host says to AWS's services: at the endpoints at which integrations call them,
 * and signed as their calls are.
 */
final class AwsCalls implements ServiceCalls {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final long MOST_ANSWER = 1L << 20;

  private final ServiceEndpoints endpoints;
  private final Upstream upstream;
  private final Credentials credentials;
  private final Clock clock;

  AwsCalls(ServiceEndpoints endpoints, Upstream upstream, Credentials credentials, Clock clock) {
    this.endpoints = endpoints;
    this.upstream = upstream;
    this.credentials = credentials;
    this.clock = clock;
  }

  @Override
  public Answer call(ServiceCall call) throws IOException {
    ServiceEndpoints.Place place = place(call);
    AwsEndpoint endpoint = place.endpoint();
    String target = place.prefix() + call.path();
    long deadlineNanos = System.nanoTime() + TIMEOUT.toNanos();
    Headers signed =
        new SigV4Signer(credentials, endpoint.region(), endpoint.signingName())
            .sign(
                call.method(),
                target,
                call.headers().toBuilder().set("Host", endpoint.host()).build(),
                call.body(),
                clock.instant());
    UpstreamResponse response =
        upstream.send(
            new UpstreamRequest(
                call.method(), endpoint.origin(), target, signed, Body.of(call.body()), TIMEOUT));
    return new Answer(response.status(), response.body().readAll(MOST_ANSWER, deadlineNanos));
  }

  private ServiceEndpoints.Place place(ServiceCall call) throws NoEndpointException {
    try {
      return endpoints.of(call.partition(), call.region(), call.service());
    } catch (UnusableException e) {
      throw new NoEndpointException(String.valueOf(e.getMessage()));
    }
  }
}
