package io.portico.gateway.execute.telemetry;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.execute.Observations;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** CloudWatch's metrics of a stage's canary release: as a whole, and of methods that have some. */
final class CanaryMeters {
  private final MeterRegistry registry;
  private final Tags dimensions;
  private final Set<Meter> made;
  private final CloudWatchMeters whole;
  private final ConcurrentHashMap<MethodKey, CloudWatchMeters> methods = new ConcurrentHashMap<>();

  private record MethodKey(String path, String verb) {}

  CanaryMeters(MeterRegistry registry, Tags dimensions, Set<Meter> made) {
    this.registry = registry;
    this.dimensions = dimensions;
    this.made = made;
    this.whole = new CloudWatchMeters(registry, dimensions, made);
  }

  void record(Answer answer, Observations observations) {
    whole.record(answer, observations);
    @Nullable MethodMatch match = observations.match();
    if (match != null && match.method().metricsEnabled()) {
      methods
          .computeIfAbsent(
              new MethodKey(match.method().resourcePath(), answer.invocation().httpMethod()),
              this::ofMethod)
          .record(answer, observations);
    }
  }

  private CloudWatchMeters ofMethod(MethodKey key) {
    return new CloudWatchMeters(
        registry, dimensions.and("Resource", key.path(), "Method", key.verb()), made);
  }
}
