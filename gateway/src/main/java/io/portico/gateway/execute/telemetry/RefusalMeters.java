package io.portico.gateway.execute.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.portico.gateway.execute.ApiAddress;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.RefusedRequests;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.UnreadRequest;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts requests that are no calls of an API and so are in no metric of one: those that the front
 * door or a listener refuses. Both choose their statuses, so that the series are few.
 */
public final class RefusalMeters implements RefusedRequests {
  private final MeterRegistry registry;
  private final RefusedRequests next;

  /** By cause and status. */
  private final Map<FaultCause, Map<Integer, Counter>> counters = new EnumMap<>(FaultCause.class);

  /**
   * @param registry where the counters are
   * @param next hears of the same
   */
  public RefusalMeters(MeterRegistry registry, RefusedRequests next) {
    this.registry = registry;
    this.next = next;
    for (FaultCause cause : FaultCause.values()) {
      counters.put(cause, new ConcurrentHashMap<>());
    }
  }

  @Override
  public HttpResponse heard(
      HttpRequest request, HttpResponse response, FaultCause cause, @Nullable ApiAddress address) {
    count(response.status(), cause);
    return next.heard(request, response, cause, address);
  }

  @Override
  public void unread(UnreadRequest request) {
    count(request.status(), FaultCause.UNREADABLE);
    next.unread(request);
  }

  private void count(int status, FaultCause cause) {
    Objects.requireNonNull(counters.get(cause))
        .computeIfAbsent(status, absent -> counter(absent, cause))
        .increment();
  }

  private Counter counter(int status, FaultCause cause) {
    return Counter.builder("portico.refused.requests")
        .description("Requests that were refused before they were calls of an API")
        .tag("status", Integer.toString(status))
        .tag("cause", cause.name())
        .register(registry);
  }
}
