package io.portico.gateway.execute.telemetry;

import io.portico.gateway.execute.Invocation;
import io.portico.gateway.http.HttpResponse;
import java.util.List;

/** Tells metrics and logs of each invocation: when it begins, and when its last byte is written. */
public final class Telemetry {
  private final List<Listener> listeners;

  /** Hears of invocations. Called on event loops: it must not block. */
  public interface Listener {
    default void began(Invocation invocation) {}

    void ended(Answer answer);
  }

  public Telemetry(List<Listener> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  public void began(Invocation invocation) {
    for (Listener listener : listeners) {
      listener.began(invocation);
    }
  }

  /** The answer, its end listened to. Every invocation that began has one. */
  public HttpResponse observed(HttpResponse response, Invocation invocation) {
    if (listeners.isEmpty()) {
      return response;
    }
    return response.onCompletion(
        (bodyBytes, complete) -> {
          long now = System.nanoTime();
          invocation.observations().answered(now);
          ended(
              new Answer(
                  invocation,
                  response.status(),
                  response.headers(),
                  bodyBytes,
                  complete,
                  now - invocation.request().arrivalNanos()));
        });
  }

  private void ended(Answer answer) {
    for (Listener listener : listeners) {
      listener.ended(answer);
    }
  }
}
