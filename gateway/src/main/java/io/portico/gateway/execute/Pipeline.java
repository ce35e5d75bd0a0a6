package io.portico.gateway.execute;

import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.snapshot.StageSnapshot;
import io.portico.gateway.snapshot.UsageSnapshot;

/** Answers the calls of one kind of API. */
@FunctionalInterface
public interface Pipeline {

  /**
   * Answers a call; whatever goes wrong becomes an answer too.
   *
   * @param address how the stage was called
   * @param stage what the call runs on
   * @param usage the API keys and usage plans that go with it
   */
  HttpResponse answer(
      HttpRequest request, ApiAddress address, StageSnapshot stage, UsageSnapshot usage);
}
