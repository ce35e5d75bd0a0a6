package io.portico.gateway.execute.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.portico.gateway.execute.Observations;
import io.portico.gateway.execute.WebSocketCall;
import io.portico.gateway.snapshot.ServedStage;
import io.portico.gateway.snapshot.websocket.WebSocketRoute;
import io.portico.gateway.snapshot.websocket.WebSocketStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one stage of a WebSocket API. Those of routes go when the stage has them no more.
 *
 * <p>AWS: a route's own metrics only where they are enabled; source: documented,
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-logging.html.
 */
final class WebSocketStageMeters implements StageMeters {
  private final MeterRegistry registry;
  private final MeterClock clock;
  private final OwnMeters own;
  private final AtomicInteger active = new AtomicInteger();
  private final Tags dimensions;
  private final WebSocketApiMeters whole;

  /** By route key. */
  private final PartMeters<String, WebSocketApiMeters> detailed;

  private volatile WebSocketStage served;
  private volatile boolean removed;

  WebSocketStageMeters(
      MeterRegistry registry, MeterClock clock, DetailRoom details, WebSocketStage stage) {
    this.registry = registry;
    this.clock = clock;
    this.served = stage;
    this.own = new OwnMeters(registry);
    this.dimensions = Tags.of("ApiId", stage.apiId(), "Stage", stage.stageName());
    this.whole = new WebSocketApiMeters(registry, dimensions);
    this.detailed =
        new PartMeters<>(this::ofRoute, WebSocketApiMeters::remove, this::meters, details);
    own.add(
        Gauge.builder("http.server.active_requests", active, AtomicInteger::get)
            .description("Requests that have begun and not ended")
            .tags(Tags.of("api.id", stage.apiId(), "api.stage", stage.stageName()))
            .register(registry));
  }

  @Override
  public void began() {
    active.incrementAndGet();
  }

  /** An event of this stage ended, though it may be gone, and another of its name in its place. */
  @Override
  public void ended(Answer answer) {
    clock.reached(answer.endMillis());
    active.decrementAndGet();
    if (removed) {
      return;
    }
    Observations observations = answer.invocation().observations();
    whole.record(answer, observations);
    WebSocketCall call = observations.ofWebSocket();
    WebSocketRoute route = call == null ? null : call.route();
    if (route != null && route.metricsEnabled()) {
      WebSocketApiMeters ofRoute = detailed.of(route.routeKey(), answer.invocation().stage());
      if (ofRoute != null) {
        ofRoute.record(answer, observations);
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // Two that are equal are as good, only slower to compare
  private boolean meters(String routeKey, ServedStage ofCall) {
    WebSocketStage now = served;
    return ofCall == now || isMetered(now.route(routeKey));
  }

  private WebSocketApiMeters ofRoute(String routeKey) {
    return new WebSocketApiMeters(registry, dimensions.and("Route", routeKey));
  }

  @Override
  public String apiId() {
    return served.apiId();
  }

  @Override
  public String stageName() {
    return served.stageName();
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // A snapshot in which the stage did not change shares it
  public synchronized void serves(ServedStage stage) {
    if (removed || stage == served || !(stage instanceof WebSocketStage changed)) {
      return;
    }
    served = changed;
    detailed.retain(routeKey -> isMetered(changed.route(routeKey)));
  }

  private static boolean isMetered(@Nullable WebSocketRoute route) {
    return route != null && route.metricsEnabled();
  }

  @Override
  public synchronized void remove() {
    removed = true;
    own.remove();
    whole.remove();
    detailed.remove();
  }
}
