package io.portico.gateway.execute.integration;

import io.portico.gateway.execute.EndpointResponse;
import io.portico.gateway.execute.IntegrationRequest;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.gateway.snapshot.IntegrationSnapshot;
import java.io.IOException;
import java.time.Duration;

/**
 * {@code HTTP} and {@code HTTP_PROXY}. A body that nobody has read is handed on unread, and so is
 * the answer's as far as its length is known or does not matter.
 */
final class HttpIntegration {
  private final Upstream upstream;

  HttpIntegration(Upstream upstream) {
    this.upstream = upstream;
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
    Duration idle = http.streamIdle();
    Duration timeout =
        idle == null
            ? invocation.remaining(http.timeout(), now)
            : invocation.streaming(http.timeout());
    long deadlineNanos = now + timeout.toNanos();
    UpstreamResponse response =
        Exchange.send(
            upstream,
            new UpstreamRequest(
                http.httpMethod() == null ? clients : http.httpMethod(),
                http.origin(),
                HttpTarget.of(request, http),
                headers,
                request.body(),
                timeout,
                idle == null ? timeout : idle),
            invocation.trace(),
            invocation.stage().payloadLimit());
    return new EndpointResponse(
        response.status(), response.headers(), response.body(), deadlineNanos);
  }
}
