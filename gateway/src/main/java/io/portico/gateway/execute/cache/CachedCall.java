package io.portico.gateway.execute.cache;

import io.portico.gateway.execute.EndpointReply;

/**
 * One request that the cache may answer.
 *
 * @param <R> what it is answered
 */
public interface CachedCall<R> {

  /** Asks the backend, on the calling thread. */
  Fetched fetch();

  /** The answer to this request. */
  R answer(EndpointReply reply);

  /**
   * What the backend said.
   *
   * @param cacheable whether others may be answered from it
   */
  record Fetched(EndpointReply reply, boolean cacheable) {}
}
