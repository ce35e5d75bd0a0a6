package io.portico.gateway.execute.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.portico.gateway.execute.Observations;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of AWS's namespace {@code AWS/ApiGateway} for one set of dimensions of a REST API.
 */
final class CloudWatchMeters {
  private static final String NAMESPACE = "aws.apigateway.";
  private static final double NANOS_PER_MILLI = 1e6;

  /**
   * One name, one set of keys: a stage as a whole has no resource and no method, a REST API no
   * route, and an HTTP API no name.
   */
  static final Tags ALL = Tags.of("ApiName", "", "Resource", "", "Method", "", "Route", "");

  private final OwnMeters made;
  private final Tags dimensions;
  private final Counter count;
  private final Counter clientErrors;
  private final Counter serverErrors;
  private final DistributionSummary latency;
  private final DistributionSummary integrationLatency;

  /** Made with the first answer of a cache: most stages have none. */
  private volatile @Nullable CacheCounters cache;

  private boolean removed;

  /** AWS: requests served from the cache, and from the backend where answers are cached. */
  private record CacheCounters(Counter hits, Counter misses) {}

  CloudWatchMeters(MeterRegistry registry, Tags given) {
    this.made = new OwnMeters(registry);
    this.dimensions = ALL.and(given);
    this.count = counter("Count");
    this.clientErrors = counter("4XXError");
    this.serverErrors = counter("5XXError");
    this.latency = millis("Latency");
    this.integrationLatency = millis("IntegrationLatency");
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
    if (observations.isCacheHit() || observations.isCacheMiss()) {
      CacheCounters known = cache;
      CacheCounters counters = known == null ? madeOfCache() : known;
      if (counters != null) {
        (observations.isCacheHit() ? counters.hits : counters.misses).increment();
      }
    }
  }

  private synchronized @Nullable CacheCounters madeOfCache() {
    if (cache == null && !removed) {
      cache = new CacheCounters(counter("CacheHitCount"), counter("CacheMissCount"));
    }
    return cache;
  }

  synchronized void remove() {
    removed = true;
    made.remove();
  }

  private Counter counter(String name) {
    return made.add(Counter.builder(NAMESPACE + name).tags(dimensions).register(made.registry()));
  }

  private DistributionSummary millis(String name) {
    return made.add(
        DistributionSummary.builder(NAMESPACE + name)
            .baseUnit("milliseconds")
            .tags(dimensions)
            .register(made.registry()));
  }
}
