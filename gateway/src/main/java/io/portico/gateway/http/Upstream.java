package io.portico.gateway.http;

/**
 * The client towards backends: pooled connections, TLS where the URI says {@code https}.
 *
 * <p>Blocking; called on the request's own virtual thread. Safe for use from any number of threads.
 */
public interface Upstream {

  /**
   * Sends a request and waits for the head of its answer.
   *
   * @return status, headers and body; the body is {@link Body.Streamed} unless it has arrived
   *     already. Whoever gets it reads it, hands it on or discards it
   * @throws UpstreamException if there is no answer
   */
  UpstreamResponse send(UpstreamRequest request) throws UpstreamException;
}
