package io.portico.gateway.execute;

import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.UnreadRequest;
import org.jspecify.annotations.Nullable;

/**
 * Hears of requests that are refused before they are calls of an API: what the front door answers
 * itself, and what a listener does. Called on event loops: it must not block.
 */
@FunctionalInterface
public interface RefusedRequests {
  /** Nobody listens. */
  RefusedRequests UNHEARD = (request, response, cause, address) -> response;

  /**
   * A request is refused.
   *
   * @param response what the client is to be told
   * @param address what was called, as far as host and path say so; else null
   * @return what it is told in the end: the same, as a rule
   */
  HttpResponse heard(
      HttpRequest request, HttpResponse response, FaultCause cause, @Nullable ApiAddress address);

  /**
   * A listener refuses what it cannot read as a request, and what the client is told is its own.
   */
  default void unread(UnreadRequest request) {}
}
