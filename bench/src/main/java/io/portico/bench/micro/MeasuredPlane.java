package io.portico.bench.micro;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.portico.gateway.aws.Credentials;
import io.portico.gateway.compute.Carrier;
import io.portico.gateway.execute.DataPlane;
import io.portico.gateway.execute.Invocations;
import io.portico.gateway.execute.Overruns;
import io.portico.gateway.execute.authorizer.UserPoolAuthorizers;
import io.portico.gateway.execute.explain.ExplainRecorder;
import io.portico.gateway.execute.explain.ExplainRing;
import io.portico.gateway.execute.integration.Integrations;
import io.portico.gateway.execute.integration.LambdaInvoke;
import io.portico.gateway.execute.rest.RestPipeline;
import io.portico.gateway.execute.rest.RuntimeState;
import io.portico.gateway.execute.telemetry.AccessLogs;
import io.portico.gateway.execute.telemetry.GatewayMetrics;
import io.portico.gateway.execute.telemetry.MeterClock;
import io.portico.gateway.execute.telemetry.MetricFeed;
import io.portico.gateway.execute.telemetry.Telemetry;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.gateway.snapshot.CurrentSnapshot;
import io.portico.gateway.snapshot.GatewaySnapshot;
import io.portico.gateway.snapshot.StageSnapshot;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A data plane, put together as the server does it, before a backend that answers at once. */
final class MeasuredPlane {
  private static final int BODY_BYTES = 1024;

  private final UpstreamResponse answer =
      new UpstreamResponse(
          200,
          Headers.of("Content-Type", "text/plain", "Content-Length", Integer.toString(BODY_BYTES)),
          Body.of("x".repeat(BODY_BYTES)));
  private final DataPlane plane;
  private int backendCalls;
  private String line = "";

  MeasuredPlane(StageSnapshot stage) {
    this(stage, null);
  }

  /**
   * One that keeps explanations.
   *
   * @param explained takes what is kept of calls, or null where nothing is
   */
  MeasuredPlane(StageSnapshot stage, @Nullable ExplainRing explained) {
    CurrentSnapshot snapshot = new CurrentSnapshot();
    MeterClock meterClock = new MeterClock();
    GatewayMetrics metrics =
        new GatewayMetrics(
            new PrometheusMeterRegistry(
                PrometheusConfig.DEFAULT, new PrometheusRegistry(), meterClock),
            meterClock,
            snapshot,
            10_000);
    snapshot.update(
        nothing -> GatewaySnapshot.of(List.of(stage), Map.of(stage.scope(), MeasuredApi.usage())));
    Clock clock = Clock.systemUTC();
    Upstream backend =
        request -> {
          backendCalls++;
          return answer;
        };
    Credentials credentials = new Credentials("measured", "measured", null);
    List<Telemetry.Listener> listeners =
        new ArrayList<>(
            List.of(metrics, new MetricFeed(snapshot), AccessLogs.of(logged -> line = logged)));
    Invocations invocations = new Invocations(clock, Carrier.UNSHARED, Overruns.UNTOLD);
    RuntimeState state =
        RuntimeState.fresh(
            new LambdaInvoke(backend, credentials, clock), new UserPoolAuthorizers(backend, clock));
    if (explained != null) {
      listeners.add(
          new ExplainRecorder(explained, state.throttles(), state.usage(), null, clock, null));
      invocations = invocations.explained();
    }
    this.plane =
        new DataPlane(
            snapshot,
            new RestPipeline(
                invocations,
                state,
                new Integrations(backend, credentials, clock),
                new Telemetry(listeners)),
            (request, address, ofHttp, served) -> {
              throw new IllegalStateException("no HTTP API is measured: " + ofHttp.key());
            },
            (request, address, ofWebSocket, served) -> {
              throw new IllegalStateException("no WebSocket API is measured: " + ofWebSocket.key());
            },
            Overruns.UNTOLD,
            host -> false);
  }

  /** Calls, and ends the call as the transport does once the last byte is written. */
  HttpResponse call(HttpRequest request) {
    HttpResponse response = plane.handle(request);
    response.completion().finished(BODY_BYTES, true);
    return response;
  }

  int backendCalls() {
    return backendCalls;
  }

  /** The last one of the access log. */
  String line() {
    return line;
  }
}
