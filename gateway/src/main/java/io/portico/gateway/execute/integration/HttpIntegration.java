package io.portico.gateway.execute.integration;

import io.portico.gateway.execute.EndpointResponse;
import io.portico.gateway.execute.IntegrationRequest;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamRequest.Origin;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.gateway.snapshot.IntegrationSnapshot;
import io.portico.gateway.snapshot.TargetGroup;
import java.io.IOException;
import java.time.Duration;

/**
 * {@code HTTP} and {@code HTTP_PROXY}. A body that nobody has read is handed on unread, and so is
 * the answer's as far as its length is known or does not matter.
 */
final class HttpIntegration {
  private final Upstream upstream;
  private final TargetGroups targets;

  /**
   * @param upstream reaches what has a public address
   * @param targets reach the rest
   */
  HttpIntegration(Upstream upstream, TargetGroups targets) {
    this.upstream = upstream;
    this.targets = targets;
  }

  /**
   * Calls the backend.
   *
   * @param now a recent {@link System#nanoTime}
   */
  EndpointResponse call(
      IntegrationRequest request, IntegrationSnapshot.Http http, Invocation invocation, long now)
      throws IOException {
    String clients = request.method().httpMethod();
    Headers headers =
        http.proxy()
            ? HttpHeaders.forwarded(request, invocation)
            : HttpHeaders.own(request, invocation);
    TargetGroup group = http.targets();
    Duration idle = http.streamIdle();
    Duration timeout =
        idle == null
            ? invocation.remaining(http.timeout(), now)
            : invocation.streaming(http.timeout());
    long deadlineNanos = now + timeout.toNanos();
    UpstreamResponse response =
        Exchange.send(
            group == null ? upstream : targets.of(group),
            invocation
                .observations()
                .trail()
                .sends(
                    new UpstreamRequest(
                        http.httpMethod() == null ? clients : http.httpMethod(),
                        http.origin(),
                        HttpTarget.of(request, http),
                        group == null ? headers : named(http.origin(), headers),
                        request.body(),
                        timeout,
                        idle == null ? timeout : idle)),
            invocation.trace(),
            invocation.stage().payloadLimit());
    return new EndpointResponse(
        response.status(), response.headers(), response.body(), deadlineNanos);
  }

  /**
   * AWS: a private integration's uri is what {@code Host} says, whoever is connected to; source:
   * documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-api-with-vpclink-using-swagger.html.
   */
  private static Headers named(Origin uri, Headers headers) {
    return headers.contains("Host")
        ? headers
        : headers.toBuilder().addChecked("Host", uri.authority()).build();
  }
}
