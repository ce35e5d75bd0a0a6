package io.portico.bench.micro;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.portico.gateway.execute.TraceIds;
import io.portico.gateway.execute.telemetry.Answer;
import io.portico.gateway.execute.telemetry.GatewayMetrics;
import io.portico.gateway.execute.telemetry.MeterClock;
import io.portico.gateway.execute.telemetry.MetricFeed;
import io.portico.gateway.execute.telemetry.Telemetry;
import io.portico.gateway.snapshot.CurrentSnapshot;
import io.portico.gateway.snapshot.GatewaySnapshot;
import io.portico.gateway.snapshot.StageSnapshot;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** <b>Metrics</b>: a call is counted as it begins and as it ends. */
@State(Scope.Thread)
public class MetricsBenchmark {
  private final StageSnapshot stage = MeasuredApi.stage(false);
  private final Answer answer = Calls.answered(stage, TraceIds.PASSIVE);
  private final CurrentSnapshot snapshot = new CurrentSnapshot();
  private final MeterClock clock = new MeterClock();
  private final GatewayMetrics meters =
      new GatewayMetrics(
          new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, new PrometheusRegistry(), clock),
          clock,
          snapshot,
          10_000);
  private final MetricFeed feed = new MetricFeed(snapshot);

  /** A stage that is not served has no meters that stay. */
  public MetricsBenchmark() {
    snapshot.update(
        nothing -> GatewaySnapshot.of(List.of(stage), Map.of(stage.scope(), MeasuredApi.usage())));
  }

  @Benchmark
  @Part("metrics: a call, counted for Prometheus")
  public Telemetry.Ending prometheus() {
    return counted(meters);
  }

  @Benchmark
  @Part("metrics: a call, counted for CloudWatch")
  public Telemetry.Ending cloudWatch() {
    return counted(feed);
  }

  private Telemetry.Ending counted(Telemetry.Listener listener) {
    Telemetry.Ending ending = listener.began(answer.invocation());
    ending.ended(answer);
    return ending;
  }

  /** Which metrics CloudWatch would be told. */
  List<String> told() {
    List<String> names = new ArrayList<>();
    feed.drain((key, unit, values) -> names.add(key.name()));
    return names;
  }
}
