package io.portico.gateway.execute.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.portico.gateway.execute.Observations;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The metrics of AWS's namespace {@code AWS/ApiGateway}, for one set of dimensions. */
final class CloudWatchMeters {
  private static final String NAMESPACE = "aws.apigateway.";
  private static final double NANOS_PER_MILLI = 1e6;

  private final MeterRegistry registry;
  private final Tags dimensions;
  private final Set<Meter> made;
  private final Counter count;
  private final Counter clientErrors;
  private final Counter serverErrors;
  private final DistributionSummary latency;
  private final DistributionSummary integrationLatency;

  /** Made with the first answer of a cache: most stages have none. */
  private volatile @Nullable CacheCounters cache;

  /** AWS: requests served from the cache, and from the backend where answers are cached. */
  private record CacheCounters(Counter hits, Counter misses) {}

  CloudWatchMeters(MeterRegistry registry, Tags given, Set<Meter> made) {
    // One name, one set of keys: a stage as a whole has no resource and no method.
    Tags dimensions = Tags.of("Resource", "", "Method", "").and(given);
    this.registry = registry;
    this.dimensions = dimensions;
    this.made = made;
    this.count = counter(registry, "Count", dimensions, made);
    this.clientErrors = counter(registry, "4XXError", dimensions, made);
    this.serverErrors = counter(registry, "5XXError", dimensions, made);
    this.latency = millis(registry, "Latency", dimensions, made);
    this.integrationLatency = millis(registry, "IntegrationLatency", dimensions, made);
  }

  void record(Answer answer, Observations observations) {
    count.increment();
    if (answer.status() >= 500) {
      serverErrors.increment();
    } else if (answer.status() >= 400) {
      clientErrors.increment();
    }
    latency.record(answer.nanos() / NANOS_PER_MILLI);
    if (observations.integrationCalled()) {
      integrationLatency.record(observations.integrationNanos() / NANOS_PER_MILLI);
    }
    if (observations.isCacheHit()) {
      cache().hits.increment();
    } else if (observations.isCacheMiss()) {
      cache().misses.increment();
    }
  }

  private CacheCounters cache() {
    CacheCounters counters = cache;
    if (counters == null) {
      // The registry gives whoever asks at the same time the same counters.
      counters =
          new CacheCounters(
              counter(registry, "CacheHitCount", dimensions, made),
              counter(registry, "CacheMissCount", dimensions, made));
      cache = counters;
    }
    return counters;
  }

  private static Counter counter(
      MeterRegistry registry, String name, Tags dimensions, Set<Meter> made) {
    Counter counter = Counter.builder(NAMESPACE + name).tags(dimensions).register(registry);
    made.add(counter);
    return counter;
  }

  private static DistributionSummary millis(
      MeterRegistry registry, String name, Tags dimensions, Set<Meter> made) {
    DistributionSummary summary =
        DistributionSummary.builder(NAMESPACE + name)
            .baseUnit("milliseconds")
            .tags(dimensions)
            .register(registry);
    made.add(summary);
    return summary;
  }
}
