package io.portico.gateway.execute;

import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.snapshot.GatewaySnapshot;
import io.portico.gateway.snapshot.ServedStage;

/**
 * Answers the calls of one kind of API.
 *
 * @param <S> what its stages are
 */
@FunctionalInterface
public interface Pipeline<S extends ServedStage> {

  /**
   * Answers a call; whatever goes wrong becomes an answer too.
   *
   * @param address how the stage was called
   * @param stage what the call runs on
   * @param snapshot what the stage was found in, with the API keys and usage plans that go with it
   */
  HttpResponse answer(HttpRequest request, ApiAddress address, S stage, GatewaySnapshot snapshot);

  /** Whether a request whose host and path name no stage is a call all the same. */
  default boolean claims(HttpRequest request) {
    return false;
  }

  /** Answers a call that {@link #claims} has. */
  default HttpResponse answer(HttpRequest request, GatewaySnapshot snapshot) {
    throw new IllegalArgumentException("no call of this kind of API: " + request.rawPath());
  }
}
