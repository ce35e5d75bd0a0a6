package io.portico.gateway.execute.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.execute.Observations;
import io.portico.gateway.snapshot.MethodSnapshot;
import io.portico.gateway.snapshot.Release;
import io.portico.gateway.snapshot.StageSnapshot;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one stage.
 *
 * <p>A canary release's calls are the stage's, too, and have CloudWatch's metrics of their own
 * beside it.
 */
final class StageMeters {
  private final MeterRegistry registry;
  private final Set<Meter> made = ConcurrentHashMap.newKeySet();
  private final AtomicInteger active = new AtomicInteger();
  private final Tags dimensions;
  private final Tags stageTags;
  private final CloudWatchMeters whole;
  private final RouteMeters unmatched;
  private final ConcurrentHashMap<RouteKey, RouteMeters> routes = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable CanaryMeters> canary = new AtomicReference<>();

  /** A route is a resource's path with the client's verb: both come from the configuration. */
  private record RouteKey(String path, String verb) {}

  StageMeters(MeterRegistry registry, StageSnapshot stage) {
    this.registry = registry;
    this.dimensions = dimensions(stage, stage.stageName());
    this.stageTags = Tags.of("api.id", stage.apiId(), "api.stage", stage.stageName());
    this.whole = new CloudWatchMeters(registry, dimensions, made);
    this.unmatched = new RouteMeters(registry, stageTags, "", "_OTHER", null, made);
    made.add(
        Gauge.builder("http.server.active_requests", active, AtomicInteger::get)
            .description("Requests that have begun and not ended")
            .tags(stageTags)
            .register(registry));
  }

  void began() {
    active.incrementAndGet();
  }

  void ended(Answer answer) {
    active.decrementAndGet();
    Observations observations = answer.invocation().observations();
    RouteMeters route = route(observations.match());
    whole.record(answer, observations);
    route.record(answer, observations);
    if (answer.invocation().stage().release() == Release.CANARY) {
      canary(answer.invocation().stage()).record(answer, observations);
    }
  }

  void remove() {
    made.forEach(registry::remove);
  }

  private CanaryMeters canary(StageSnapshot release) {
    CanaryMeters meters = canary.get();
    if (meters == null) {
      // Made twice it is the same: a registry has each of its meters once.
      meters = new CanaryMeters(registry, dimensions(release, canaryName(release)), made);
      canary.set(meters);
    }
    return meters;
  }

  // AWS: a canary release has metrics of its own; source: documented,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html. What tells
  // them apart is inferred from the names of its logs.
  private static String canaryName(StageSnapshot release) {
    return release.stageName() + "/Canary";
  }

  private static Tags dimensions(StageSnapshot stage, String name) {
    return Tags.of("ApiName", stage.apiName(), "ApiId", stage.apiId(), "Stage", name);
  }

  private RouteMeters route(@Nullable MethodMatch match) {
    if (match == null) {
      return unmatched;
    }
    MethodSnapshot method = match.method();
    RouteKey key = new RouteKey(method.resourcePath(), match.invocation().httpMethod());
    RouteMeters meters = routes.get(key);
    return meters == null
        ? routes.computeIfAbsent(key, absent -> routeMeters(absent, method.metricsEnabled()))
        : meters;
  }

  /** AWS: a method's own CloudWatch metrics only where they are enabled; documented as above. */
  private RouteMeters routeMeters(RouteKey key, boolean detailed) {
    CloudWatchMeters own =
        detailed
            ? new CloudWatchMeters(
                registry, dimensions.and("Resource", key.path(), "Method", key.verb()), made)
            : null;
    return new RouteMeters(registry, stageTags, key.path(), key.verb(), own, made);
  }
}
