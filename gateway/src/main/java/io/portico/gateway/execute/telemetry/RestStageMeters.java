package io.portico.gateway.execute.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.execute.Observations;
import io.portico.gateway.snapshot.Release;
import io.portico.gateway.snapshot.ServedStage;
import io.portico.gateway.snapshot.StageSnapshot;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one stage of a REST API. Those of routes, of methods and of a canary go when the
 * stage has them no more.
 *
 * <p>A canary release's calls are the stage's, too, and have CloudWatch's metrics of their own
 * beside it.
 */
final class RestStageMeters implements StageMeters {
  private final MeterRegistry registry;
  private final MeterClock clock;
  private final OwnMeters own;
  private final RouteSeries room;
  private final AtomicInteger active = new AtomicInteger();
  private final Tags stageTags;
  private final RouteMeters unmatched;
  private final ConcurrentHashMap<Route, RouteMeters> routes = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable ReleaseMeters> canary = new AtomicReference<>();
  private volatile ReleaseMeters whole;
  private volatile StageSnapshot served;
  private volatile boolean removed;

  RestStageMeters(MeterRegistry registry, MeterClock clock, RouteSeries room, StageSnapshot stage) {
    this.registry = registry;
    this.clock = clock;
    this.room = room;
    this.served = stage;
    this.own = new OwnMeters(registry);
    this.stageTags = Tags.of("api.id", stage.apiId(), "api.stage", stage.stageName());
    this.whole = new ReleaseMeters(registry, dimensions(stage, stage.stageName()));
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
    MethodMatch match = observations.match();
    Route route = match == null ? null : Route.of(match);
    whole.record(answer, observations, route);
    meters(route).record(answer, observations);
    if (answer.invocation().stage().release() == Release.CANARY) {
      canary(answer.invocation().stage()).record(answer, observations, route);
    }
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
    if (stage == served || !(stage instanceof StageSnapshot changed)) {
      return;
    }
    boolean renamed = !changed.apiName().equals(served.apiName());
    served = changed;
    StageRoutes all = new StageRoutes(changed);
    routes.forEach(
        (route, meters) -> {
          if (!all.has(route)) {
            routes.remove(route, meters);
            meters.remove();
          }
        });
    if (renamed) {
      whole.remove();
      whole = new ReleaseMeters(registry, dimensions(changed, changed.stageName()));
    } else {
      whole.retain(all);
    }
    ReleaseMeters ofCanary = canary.get();
    if (ofCanary != null) {
      if (renamed || changed.canary() == null) {
        canary.set(null);
        ofCanary.remove();
      } else {
        ofCanary.retain(all);
      }
    }
  }

  @Override
  public void remove() {
    removed = true;
    own.remove();
    whole.remove();
    unmatched.remove();
    routes.values().forEach(RouteMeters::remove);
    ReleaseMeters ofCanary = canary.get();
    if (ofCanary != null) {
      ofCanary.remove();
    }
  }

  private ReleaseMeters canary(ServedStage release) {
    ReleaseMeters meters = canary.get();
    if (meters == null) {
      // Made twice it is the same: a registry has each of its meters once.
      meters = new ReleaseMeters(registry, dimensions(release, canaryName(release)));
      canary.set(meters);
    }
    return meters;
  }

  // AWS: a canary release has metrics of its own; source: documented,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html. What tells
  // them apart is inferred from the names of its logs.
  private static String canaryName(ServedStage release) {
    return release.stageName() + "/Canary";
  }

  private static Tags dimensions(ServedStage stage, String name) {
    return Tags.of("ApiName", stage.apiName(), "ApiId", stage.apiId(), "Stage", name);
  }

  private RouteMeters meters(@Nullable Route route) {
    if (route == null) {
      return unmatched;
    }
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
}
