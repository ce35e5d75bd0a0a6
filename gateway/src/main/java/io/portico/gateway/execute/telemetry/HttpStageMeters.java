package io.portico.gateway.execute.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.portico.gateway.execute.Observations;
import io.portico.gateway.execute.RouteMatch;
import io.portico.gateway.snapshot.ServedStage;
import io.portico.gateway.snapshot.httpapi.HttpStage;
import io.portico.gateway.snapshot.httpapi.RouteSnapshot;
import io.portico.gateway.snapshot.httpapi.RouteTable;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The meters of one stage of an HTTP API. Those of routes go when the stage has them no more.
 *
 * <p>AWS: a route's own metrics only where they are enabled, by path and method; source:
 * documented,
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html.
 */
final class HttpStageMeters implements StageMeters {
  private static final String ANY = "ANY";

  private final MeterRegistry registry;
  private final MeterClock clock;
  private final OwnMeters own;
  private final RouteSeries room;
  private final AtomicInteger active = new AtomicInteger();
  private final Tags stageTags;
  private final Tags dimensions;
  private final HttpApiMeters whole;
  private final RouteMeters unmatched;
  private final ConcurrentHashMap<Route, RouteMeters> routes = new ConcurrentHashMap<>();

  /** By the route as configured. */
  private final ConcurrentHashMap<Route, HttpApiMeters> detailed = new ConcurrentHashMap<>();

  private volatile HttpStage served;
  private volatile boolean removed;

  HttpStageMeters(MeterRegistry registry, MeterClock clock, RouteSeries room, HttpStage stage) {
    this.registry = registry;
    this.clock = clock;
    this.room = room;
    this.served = stage;
    this.own = new OwnMeters(registry);
    this.stageTags = Tags.of("api.id", stage.apiId(), "api.stage", stage.stageName());
    this.dimensions = Tags.of("ApiId", stage.apiId(), "Stage", stage.stageName());
    this.whole = new HttpApiMeters(registry, dimensions);
    this.unmatched = new RouteMeters(room, stageTags, new Route("", "_OTHER"));
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
    meters(Route.of(match)).record(answer, observations);
    if (match.route().metricsEnabled()) {
      detailed
          .computeIfAbsent(configured(match.route()), this::ofRoute)
          .record(answer, observations);
    }
  }

  private RouteMeters meters(Route route) {
    RouteMeters meters = routes.get(route);
    return meters == null ? added(route) : meters;
  }

  private RouteMeters added(Route route) {
    RouteMeters added =
        routes.computeIfAbsent(route, absent -> new RouteMeters(room, stageTags, absent));
    if (removed) {
      added.remove();
    }
    return added;
  }

  private static Route configured(RouteSnapshot route) {
    return new Route(route.path(), route.httpMethod());
  }

  private HttpApiMeters ofRoute(Route route) {
    return new HttpApiMeters(
        registry, dimensions.and("Resource", route.path(), "Method", route.verb()));
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
  public void serves(ServedStage stage) {
    if (stage == served || !(stage instanceof HttpStage changed)) {
      return;
    }
    served = changed;
    Map<Route, RouteSnapshot> all = new HashMap<>();
    collect(changed.routes(), all);
    routes.forEach(
        (route, meters) -> {
          if (!has(all, route)) {
            routes.remove(route, meters);
            meters.remove();
          }
        });
    detailed.forEach(
        (configured, meters) -> {
          RouteSnapshot route = all.get(configured);
          if (route == null || !route.metricsEnabled()) {
            detailed.remove(configured, meters);
            meters.remove();
          }
        });
  }

  private static boolean has(Map<Route, RouteSnapshot> all, Route route) {
    return all.containsKey(route) || all.containsKey(new Route(route.path(), ANY));
  }

  private static void collect(RouteTable table, Map<Route, RouteSnapshot> all) {
    RouteSnapshot fallback = table.fallback();
    if (fallback != null) {
      all.put(configured(fallback), fallback);
    }
    collect(table.root(), all);
  }

  private static void collect(RouteTable.Node node, Map<Route, RouteSnapshot> all) {
    node.routes().values().forEach(route -> all.put(configured(route), route));
    node.children().values().forEach(child -> collect(child, all));
    if (node.variable() != null) {
      collect(node.variable(), all);
    }
    if (node.greedy() != null) {
      collect(node.greedy(), all);
    }
  }

  @Override
  public void remove() {
    removed = true;
    own.remove();
    whole.remove();
    unmatched.remove();
    routes.values().forEach(RouteMeters::remove);
    detailed.values().forEach(HttpApiMeters::remove);
  }
}
