package io.portico.gateway.execute.telemetry;

import io.portico.gateway.execute.Observations;
import io.portico.gateway.metrics.Distribution;
import io.portico.gateway.metrics.MetricUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * The metrics of an HTTP API. That there is a zero for each request without an error is taken from
 * REST APIs.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html">
 *     CloudWatch metrics for HTTP APIs</a>
 */
final class HttpTally implements Tally {
  private final LongAdder requests = new LongAdder();
  private final LongAdder clientErrors = new LongAdder();
  private final LongAdder serverErrors = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final AtomicLong fewest = new AtomicLong(Long.MAX_VALUE);
  private final AtomicLong most = new AtomicLong(Long.MIN_VALUE);
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
    processed(answer.dataProcessed());
    latency.record(answer.nanos());
    if (observations.integrationCalled()) {
      integrationLatency.record(observations.integrationNanos());
    }
    requests.increment();
  }

  private void processed(long count) {
    bytes.add(count);
    if (count < fewest.get()) {
      fewest.accumulateAndGet(count, Math::min);
    }
    if (count > most.get()) {
      most.accumulateAndGet(count, Math::max);
    }
  }

  @Override
  public boolean drain(Measured measured) {
    double count = requests.sumThenReset();
    if (count == 0) {
      return false;
    }
    measured.accept("Count", MetricUnit.COUNT, Distribution.of(1, count));
    measured.accept("4xx", MetricUnit.COUNT, RestTally.ones(clientErrors, count));
    measured.accept("5xx", MetricUnit.COUNT, RestTally.ones(serverErrors, count));
    double total = bytes.sumThenReset();
    measured.accept(
        "DataProcessed",
        MetricUnit.BYTES,
        Distribution.ofStatistics(
            count,
            total,
            Math.min((double) fewest.getAndSet(Long.MAX_VALUE), total / count),
            Math.max((double) most.getAndSet(Long.MIN_VALUE), total / count)));
    measured.accept("Latency", MetricUnit.MILLISECONDS, latency.drain());
    measured.accept("IntegrationLatency", MetricUnit.MILLISECONDS, integrationLatency.drain());
    return true;
  }
}
