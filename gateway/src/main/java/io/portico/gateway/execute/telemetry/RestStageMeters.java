package io.portico.gateway.execute.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.execute.Observations;
import io.portico.gateway.snapshot.Release;
import io.portico.gateway.snapshot.ServedStage;
import io.portico.gateway.snapshot.StageSnapshot;
import java.util.concurrent.atomic.AtomicInteger;
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
  private final DetailRoom details;
  private final AtomicInteger active = new AtomicInteger();
  private final Tags stageTags;
  private final RouteMeters unmatched;
  private final PartMeters<Route, RouteMeters> routes;
  private volatile ReleaseMeters whole;
  private volatile @Nullable ReleaseMeters canary;
  private volatile ServedRoutes<StageSnapshot, StageRoutes> served;
  private volatile boolean removed;

  RestStageMeters(
      MeterRegistry registry,
      MeterClock clock,
      RouteSeries room,
      DetailRoom details,
      StageSnapshot stage) {
    this.registry = registry;
    this.clock = clock;
    this.details = details;
    this.served = new ServedRoutes<>(stage, StageRoutes::new);
    this.own = new OwnMeters(registry);
    this.stageTags = Tags.of("api.id", stage.apiId(), "api.stage", stage.stageName());
    this.whole = release(stage, stage.stageName());
    this.unmatched = new RouteMeters(room, stageTags, new Route("", "_OTHER"));
    this.routes =
        new PartMeters<>(
            route -> new RouteMeters(room, stageTags, route), RouteMeters::remove, this::has, null);
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
    ServedStage release = answer.invocation().stage();
    RouteMeters ofRoute = route == null ? unmatched : routes.of(route, release);
    if (ofRoute != null) {
      ofRoute.record(answer, observations);
    }
    if (release.release() == Release.CANARY) {
      ReleaseMeters known = canary;
      ReleaseMeters ofCanary = known == null ? madeOfCanary() : known;
      if (ofCanary != null) {
        ofCanary.record(answer, observations, route);
      }
    }
  }

  private boolean has(Route route, ServedStage ofCall) {
    ServedRoutes<StageSnapshot, StageRoutes> now = served;
    return isOf(now.stage(), ofCall) || now.routes().has(route);
  }

  private boolean meters(Route route, ServedStage ofCall) {
    ServedRoutes<StageSnapshot, StageRoutes> now = served;
    return isOf(now.stage(), ofCall) || now.routes().meters(route);
  }

  /** Whether a call's stage, or its canary, has not changed since. */
  @SuppressWarnings("ReferenceEquality") // Two that are equal are as good, only slower to compare
  private static boolean isOf(StageSnapshot now, ServedStage ofCall) {
    return ofCall == now || (now.canary() != null && ofCall == now.canary().stage());
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
    StageSnapshot before = served.stage();
    if (removed || stage == before || !(stage instanceof StageSnapshot changed)) {
      return;
    }
    boolean renamed = !changed.apiName().equals(before.apiName());
    ServedRoutes<StageSnapshot, StageRoutes> now = new ServedRoutes<>(changed, StageRoutes::new);
    StageRoutes all = now.routes();
    served = now;
    routes.retain(all::has);
    if (renamed) {
      whole.remove();
      whole = release(changed, changed.stageName());
    } else {
      whole.retain(all);
    }
    ReleaseMeters ofCanary = canary;
    if (ofCanary != null) {
      if (renamed || changed.canary() == null) {
        canary = null;
        ofCanary.remove();
      } else {
        ofCanary.retain(all);
      }
    }
  }

  @Override
  public synchronized void remove() {
    removed = true;
    own.remove();
    whole.remove();
    unmatched.remove();
    routes.remove();
    ReleaseMeters ofCanary = canary;
    if (ofCanary != null) {
      ofCanary.remove();
    }
  }

  /** Null where there is none any more: the call began before. */
  private synchronized @Nullable ReleaseMeters madeOfCanary() {
    StageSnapshot now = served.stage();
    if (canary == null && !removed && now.canary() != null) {
      canary = release(now, canaryName(now));
    }
    return canary;
  }

  private ReleaseMeters release(ServedStage stage, String name) {
    return new ReleaseMeters(registry, dimensions(stage, name), details, this::meters);
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
}
