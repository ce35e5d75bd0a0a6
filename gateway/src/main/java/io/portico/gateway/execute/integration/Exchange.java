package io.portico.gateway.execute.integration;

import io.portico.gateway.execute.ExecutionTrace;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamResponse;
import java.io.IOException;

/** One request to a backend and its answer, of which the execution's trace is told. */
final class Exchange {
  private Exchange() {}

  /**
   * Sends a request; where somebody listens who takes bodies, the answer's is in memory.
   *
   * @param limit most bytes of such a body
   * @throws io.portico.gateway.http.UpstreamException if there is no answer
   * @throws IOException if somebody takes the answer's body and it does not arrive whole
   */
  static UpstreamResponse send(
      Upstream upstream, UpstreamRequest request, ExecutionTrace trace, long limit)
      throws IOException {
    if (!trace.isOn()) {
      return upstream.send(request);
    }
    trace.endpointRequest(request);
    long start = System.nanoTime();
    UpstreamResponse response = upstream.send(request);
    trace.endpointResponse(response, System.nanoTime() - start);
    if (!trace.takesBodies()) {
      return response;
    }
    byte[] body = response.body().readAll(limit, start + request.timeout().toNanos());
    trace.endpointBody(body);
    return new UpstreamResponse(response.status(), response.headers(), Body.of(body));
  }
}
