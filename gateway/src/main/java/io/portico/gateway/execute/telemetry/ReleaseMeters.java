package io.portico.gateway.execute.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.execute.Observations;
import io.portico.gateway.snapshot.ServedStage;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * CloudWatch's metrics of a stage, or of its canary release: as a whole, and of methods that have
 * some.
 */
final class ReleaseMeters {
  private final MeterRegistry registry;
  private final Tags dimensions;
  private final CloudWatchMeters whole;
  private final PartMeters<Route, CloudWatchMeters> methods;

  /**
   * @param room for those of methods
   * @param has whether the stage still has a method, with metrics of its own, that a call had
   */
  ReleaseMeters(
      MeterRegistry registry,
      Tags dimensions,
      DetailRoom room,
      BiPredicate<Route, ServedStage> has) {
    this.registry = registry;
    this.dimensions = dimensions;
    this.whole = new CloudWatchMeters(registry, dimensions);
    this.methods = new PartMeters<>(this::ofMethod, CloudWatchMeters::remove, has, room);
  }

  /**
   * Records a call.
   *
   * <p>AWS: a method's own metrics only where they are enabled; source: documented, as the stage's.
   *
   * @param route of the method that was called, or null where none was found
   */
  void record(Answer answer, Observations observations, @Nullable Route route) {
    whole.record(answer, observations);
    @Nullable MethodMatch match = observations.match();
    if (route != null && match != null && match.settings().metricsEnabled()) {
      CloudWatchMeters own = methods.of(route, answer.invocation().stage());
      if (own != null) {
        own.record(answer, observations);
      }
    }
  }

  private CloudWatchMeters ofMethod(Route route) {
    return new CloudWatchMeters(
        registry, dimensions.and("Resource", route.path(), "Method", route.verb()));
  }

  /** Removes those of methods that have none of their own any more. */
  void retain(StageRoutes routes) {
    methods.retain(routes::meters);
  }

  void remove() {
    whole.remove();
    methods.remove();
  }
}
