package io.portico.gateway.execute.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.portico.gateway.execute.Observations;
import io.portico.gateway.execute.RouteMatch;
import io.portico.gateway.snapshot.ServedStage;
import io.portico.gateway.snapshot.httpapi.HttpStage;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The meters of one stage of an HTTP API. Those of routes go when the stage has them no more.
 *
 * <p>AWS: a route's own metrics only where they are enabled, by path and method; source:
 * documented, https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html.
 */
final class HttpStageMeters implements StageMeters {
  private final MeterRegistry registry;
  private final MeterClock clock;
  private final OwnMeters own;
  private final AtomicInteger active = new AtomicInteger();
  private final Tags stageTags;
  private final Tags dimensions;
  private final HttpApiMeters whole;
  private final RouteMeters unmatched;
  private final PartMeters<Route, RouteMeters> routes;

  /** By the route as configured. */
  private final PartMeters<Route, HttpApiMeters> detailed;

  private volatile ServedRoutes<HttpStage, HttpStageRoutes> served;
  private volatile boolean removed;

  HttpStageMeters(
      MeterRegistry registry,
      MeterClock clock,
      RouteSeries room,
      DetailRoom details,
      HttpStage stage) {
    this.registry = registry;
    this.clock = clock;
    this.served = new ServedRoutes<>(stage, HttpStageRoutes::new);
    this.own = new OwnMeters(registry);
    this.stageTags = Tags.of("api.id", stage.apiId(), "api.stage", stage.stageName());
    this.dimensions = Tags.of("ApiId", stage.apiId(), "Stage", stage.stageName());
    this.whole = new HttpApiMeters(registry, dimensions);
    this.unmatched = new RouteMeters(room, stageTags, new Route("", "_OTHER"));
    this.routes =
        new PartMeters<>(
            route -> new RouteMeters(room, stageTags, route), RouteMeters::remove, this::has, null);
    this.detailed = new PartMeters<>(this::ofRoute, HttpApiMeters::remove, this::meters, details);
    own.add(
        Gauge.builder("http.server.active_requests", active, AtomicInteger::get)
            .description("Requests that have begun and not ended")
            .tags(stageTags)
            .register(registry));
  }

  @Override
  public void began() {
    active.incrementAndGet();
  }

  /** A call of this stage ended, though it may be gone, and another of its name in its place. */
  @Override
  public void ended(Answer answer) {
    clock.reached(answer.endMillis());
    active.decrementAndGet();
    if (removed) {
      return;
    }
    Observations observations = answer.invocation().observations();
    RouteMatch match = observations.route();
    whole.record(answer, observations);
    if (match == null) {
      unmatched.record(answer, observations);
      return;
    }
    ServedStage ofCall = answer.invocation().stage();
    RouteMeters ofRoute = routes.of(Route.of(match), ofCall);
    if (ofRoute != null) {
      ofRoute.record(answer, observations);
    }
    if (match.route().metricsEnabled()) {
      HttpApiMeters ofItsOwn = detailed.of(HttpStageRoutes.configured(match.route()), ofCall);
      if (ofItsOwn != null) {
        ofItsOwn.record(answer, observations);
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // Two that are equal are as good, only slower to compare
  private boolean has(Route route, ServedStage ofCall) {
    ServedRoutes<HttpStage, HttpStageRoutes> now = served;
    return ofCall == now.stage() || now.routes().has(route);
  }

  @SuppressWarnings("ReferenceEquality") // As above
  private boolean meters(Route configured, ServedStage ofCall) {
    ServedRoutes<HttpStage, HttpStageRoutes> now = served;
    return ofCall == now.stage() || now.routes().meters(configured);
  }

  private HttpApiMeters ofRoute(Route route) {
    return new HttpApiMeters(
        registry, dimensions.and("Resource", route.path(), "Method", route.verb()));
  }

  @Override
  public String apiId() {
    return served.stage().apiId();
  }

  @Override
  public String stageName() {
    return served.stage().stageName();
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // A snapshot in which the stage did not change shares it
  public synchronized void serves(ServedStage stage) {
    if (removed || stage == served.stage() || !(stage instanceof HttpStage changed)) {
      return;
    }
    ServedRoutes<HttpStage, HttpStageRoutes> now =
        new ServedRoutes<>(changed, HttpStageRoutes::new);
    HttpStageRoutes all = now.routes();
    served = now;
    routes.retain(all::has);
    detailed.retain(all::meters);
  }

  @Override
  public synchronized void remove() {
    removed = true;
    own.remove();
    whole.remove();
    unmatched.remove();
    routes.remove();
    detailed.remove();
  }
}
