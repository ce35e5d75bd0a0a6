package io.portico.gateway.execute.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.portico.gateway.execute.Observations;

/**
 * The metrics of AWS's namespace {@code AWS/ApiGateway} for one set of dimensions of an HTTP API.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html">
 *     CloudWatch metrics for HTTP APIs</a>
 */
final class HttpApiMeters {
  private static final String NAMESPACE = "aws.apigateway.";
  private static final double NANOS_PER_MILLI = 1e6;

  private final OwnMeters made;
  private final Tags dimensions;
  private final Counter count;
  private final Counter clientErrors;
  private final Counter serverErrors;
  private final DistributionSummary dataProcessed;
  private final DistributionSummary latency;
  private final DistributionSummary integrationLatency;

  HttpApiMeters(MeterRegistry registry, Tags given) {
    this.made = new OwnMeters(registry);
    this.dimensions = CloudWatchMeters.ALL.and(given);
    this.count = counter("Count");
    this.clientErrors = counter("4xx");
    this.serverErrors = counter("5xx");
    this.dataProcessed = summary("DataProcessed", "bytes");
    this.latency = summary("Latency", "milliseconds");
    this.integrationLatency = summary("IntegrationLatency", "milliseconds");
  }

  void record(Answer answer, Observations observations) {
    count.increment();
    if (answer.status() >= 500) {
      serverErrors.increment();
    } else if (answer.status() >= 400) {
      clientErrors.increment();
    }
    dataProcessed.record((double) answer.dataProcessed());
    latency.record(answer.nanos() / NANOS_PER_MILLI);
    if (observations.integrationCalled()) {
      integrationLatency.record(observations.integrationNanos() / NANOS_PER_MILLI);
    }
  }

  void remove() {
    made.remove();
  }

  private Counter counter(String name) {
    return made.add(Counter.builder(NAMESPACE + name).tags(dimensions).register(made.registry()));
  }

  private DistributionSummary summary(String name, String unit) {
    return made.add(
        DistributionSummary.builder(NAMESPACE + name)
            .baseUnit(unit)
            .tags(dimensions)
            .register(made.registry()));
  }
}
