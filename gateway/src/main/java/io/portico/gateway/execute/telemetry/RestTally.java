package io.portico.gateway.execute.telemetry;

import io.portico.gateway.execute.Observations;
import io.portico.gateway.metrics.Distribution;
import io.portico.gateway.metrics.MetricUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * The metrics of a REST API. AWS: of errors and hits there is a zero for each request that was
 * none, so that their average is a rate; source: documented.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html">Dimensions
 *     and metrics</a>
 */
final class RestTally implements Tally {
  private final LongAdder requests = new LongAdder();
  private final LongAdder clientErrors = new LongAdder();
  private final LongAdder serverErrors = new LongAdder();
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final TimeTally latency = new TimeTally();
  private final TimeTally integrationLatency = new TimeTally();

  @Override
  public void record(Answer answer) {
    Observations observations = answer.invocation().observations();
    if (answer.status() >= 500) {
      serverErrors.increment();
    } else if (answer.status() >= 400) {
      clientErrors.increment();
    }
    latency.record(answer.nanos());
    if (observations.integrationCalled()) {
      integrationLatency.record(observations.integrationNanos());
    }
    if (observations.isCacheHit()) {
      hits.increment();
    } else if (observations.isCacheMiss()) {
      misses.increment();
    }
    requests.increment();
  }

  @Override
  public boolean drain(Measured measured) {
    double count = requests.sumThenReset();
    if (count == 0) {
      return false;
    }
    measured.accept("Count", MetricUnit.COUNT, Distribution.of(1, count));
    measured.accept("4XXError", MetricUnit.COUNT, ones(clientErrors, count));
    measured.accept("5XXError", MetricUnit.COUNT, ones(serverErrors, count));
    double hit = hits.sumThenReset();
    double missed = misses.sumThenReset();
    if (hit + missed > 0) {
      measured.accept("CacheHitCount", MetricUnit.COUNT, Distribution.ofOnes(hit, count));
      measured.accept("CacheMissCount", MetricUnit.COUNT, Distribution.ofOnes(missed, count));
    }
    measured.accept("Latency", MetricUnit.MILLISECONDS, latency.drain());
    measured.accept("IntegrationLatency", MetricUnit.MILLISECONDS, integrationLatency.drain());
    return true;
  }

  static Distribution ones(LongAdder adder, double count) {
    return Distribution.ofOnes((double) adder.sumThenReset(), count);
  }
}
