package io.portico.gateway.execute.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.portico.gateway.aws.Credentials;
import io.portico.gateway.compute.Carrier;
import io.portico.gateway.execute.DataPlane;
import io.portico.gateway.execute.Invocations;
import io.portico.gateway.execute.NoHttpApis;
import io.portico.gateway.execute.NoWebSocketApis;
import io.portico.gateway.execute.Overruns;
import io.portico.gateway.execute.Requests;
import io.portico.gateway.execute.authorizer.UserPoolAuthorizers;
import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.execute.integration.Integrations;
import io.portico.gateway.execute.integration.LambdaInvoke;
import io.portico.gateway.execute.rest.RestPipeline;
import io.portico.gateway.execute.rest.RuntimeState;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.gateway.metrics.MetricKey;
import io.portico.gateway.snapshot.CurrentSnapshot;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Meters of what went while a call of it was under way, and of more methods than may be. */
final class LeavingMetersTest {
  private static final Credentials CREDENTIALS = new Credentials("test", "test", null);

  private final MeterClock clock = new MeterClock();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
  private final CurrentSnapshot snapshot = new CurrentSnapshot();
  private final MetricFeed feed = new MetricFeed(snapshot);
  private Runnable meanwhile = () -> {};

  private final DataPlane gateway =
      new DataPlane(
          snapshot,
          new RestPipeline(
              new Invocations(Clock.systemUTC(), Carrier.UNSHARED, Overruns.UNTOLD),
              RuntimeState.fresh(
                  new LambdaInvoke(LeavingMetersTest::answer, CREDENTIALS, Clock.systemUTC()),
                  new UserPoolAuthorizers(LeavingMetersTest::answer, Clock.systemUTC())),
              new Integrations(LeavingMetersTest::answer, CREDENTIALS, Clock.systemUTC()),
              new Telemetry(
                  List.of(
                      invocation -> {
                        meanwhile.run();
                        return answer -> {};
                      },
                      new GatewayMetrics(registry, clock, snapshot, 1_000),
                      feed))),
          NoHttpApis.PIPELINE,
          NoWebSocketApis.PIPELINE,
          Overruns.UNTOLD,
          host -> false);

  private static UpstreamResponse answer(UpstreamRequest request) {
    return new UpstreamResponse(200, Headers.empty(), Body.EMPTY);
  }

  private void serve(boolean metered, String... paths) {
    CaseApi api = new CaseApi();
    api.stage(
        """
        methodSettings:
          '*/*': {metricsEnabled: %s, throttlingBurstLimit: -1, throttlingRateLimit: -1, unauthorizedCacheControlHeaderStrategy: x}
        """
            .formatted(metered));
    for (String path : paths) {
      api.method("GET", path, "{}");
    }
    serve(api);
  }

  private void serve(CaseApi api) {
    snapshot.update(current -> current.with(api.compile()));
  }

  private void call(String path) {
    gateway.handle(Requests.get(path)).completion().finished(0, true);
  }

  private boolean has(String meter, String tag, String value) {
    return registry.find(meter).tags(tag, value).meter() != null;
  }

  @Test
  void aMethodWhoseMetricsWereSwitchedOffMeanwhileGetsNone() {
    serve(true, "/pets");
    HttpResponse underWay = gateway.handle(Requests.get("/pets"));

    serve(false, "/pets");
    underWay.completion().finished(0, true);

    assertThat(has("aws.apigateway.Count", "Resource", "/pets")).isFalse();
    assertThat(has("http.server.request.duration", "http.route", "/pets")).isTrue();
  }

  @Test
  void aMethodThatIsStillThereGetsThemThoughItsStageChangedMeanwhile() {
    serve(true, "/pets");
    HttpResponse underWay = gateway.handle(Requests.get("/pets"));

    serve(true, "/pets", "/cats");
    underWay.completion().finished(0, true);

    assertThat(has("aws.apigateway.Count", "Resource", "/pets")).isTrue();
  }

  @Test
  void aRouteThatWentMeanwhileGetsNone() {
    serve(true, "/pets", "/cats");
    HttpResponse underWay = gateway.handle(Requests.get("/pets"));

    serve(true, "/cats");
    underWay.completion().finished(0, true);

    assertThat(has("aws.apigateway.Count", "Resource", "/pets")).isFalse();
    assertThat(has("http.server.request.duration", "http.route", "/pets")).isFalse();
    assertThat(has("aws.apigateway.Count", "Resource", "")).isTrue();
  }

  @Test
  void aCanaryThatWentMeanwhileGetsNone() {
    CaseApi api = new CaseApi();
    api.canary("{percentTraffic: 100}");
    serve(api);
    HttpResponse underWay = gateway.handle(Requests.get("/pets"));

    serve(new CaseApi());
    underWay.completion().finished(0, true);

    assertThat(has("aws.apigateway.Count", "Stage", "prod/Canary")).isFalse();
    assertThat(has("aws.apigateway.Count", "Stage", "prod")).isTrue();
  }

  @Test
  void aStageThatWentBeforeItsFirstCallWasHeardOfLeavesNone() {
    serve(true, "/pets");
    meanwhile = () -> snapshot.update(current -> current.without(CaseApi.ID, CaseApi.STAGE));

    call("/pets");

    assertThat(registry.getMeters())
        .extracting(meter -> meter.getId().getName())
        .containsExactlyInAnyOrder(
            "portico.metrics.route.series.left.out", "portico.metrics.detailed.left.out");
    assertThat(told()).extracting(MetricKey::name).contains("Count");
    assertThat(told()).isEmpty();
  }

  private List<MetricKey> told() {
    List<MetricKey> keys = new ArrayList<>();
    feed.drain((key, unit, values) -> keys.add(key));
    return keys;
  }

  @Test
  void aThousandMethodsHaveMetricsOfTheirOwnAndTheOthersAreCounted() {
    String[] paths =
        IntStream.range(0, 1_002).mapToObj(number -> "/pets" + number).toArray(String[]::new);
    serve(true, paths);
    for (String path : paths) {
      call(path);
      call(path);
    }
    double leftOut = leftOut();

    assertThat(registry.find("aws.apigateway.Count").tags("Method", "GET").counters())
        .hasSize(1_000);
    assertThat(leftOut).isEqualTo(2);

    serve(true, "/pets1", "/pets1001");
    call("/pets1001");

    assertThat(has("aws.apigateway.Count", "Resource", "/pets1001")).isTrue();
    assertThat(leftOut()).isZero();
  }

  private double leftOut() {
    return registry.get("portico.metrics.detailed.left.out").gauge().value();
  }
}
