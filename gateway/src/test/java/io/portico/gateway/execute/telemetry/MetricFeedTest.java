package io.portico.gateway.execute.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.portico.gateway.metrics.Distribution;
import io.portico.gateway.metrics.MetricKey;
import io.portico.gateway.snapshot.CurrentSnapshot;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What CloudWatch is told of a REST API. */
final class MetricFeedTest {
  private static final Credentials CREDENTIALS = new Credentials("test", "test", null);
  private static final String STAGE = "ApiName=Pets Stage=prod ";

  private final CurrentSnapshot snapshot = new CurrentSnapshot();
  private final MetricFeed feed = new MetricFeed(snapshot);
  private final Map<String, Distribution> told = new TreeMap<>();
  private final Map<String, String> units = new TreeMap<>();
  private int backendStatus = 200;

  private final DataPlane gateway =
      new DataPlane(
          snapshot,
          new RestPipeline(
              new Invocations(Clock.systemUTC(), Carrier.UNSHARED, Overruns.UNTOLD),
              RuntimeState.fresh(
                  new LambdaInvoke(this::answer, CREDENTIALS, Clock.systemUTC()),
                  new UserPoolAuthorizers(this::answer, Clock.systemUTC())),
              new Integrations(this::answer, CREDENTIALS, Clock.systemUTC()),
              new Telemetry(List.of(feed))),
          NoHttpApis.PIPELINE,
          NoWebSocketApis.PIPELINE,
          Overruns.UNTOLD,
          host -> false);

  private UpstreamResponse answer(UpstreamRequest request) {
    return new UpstreamResponse(backendStatus, Headers.empty(), Body.EMPTY);
  }

  private void serve(String stage, String... paths) {
    CaseApi api = new CaseApi();
    api.stage(stage);
    for (String path : paths) {
      api.method("GET", path, "{}");
    }
    snapshot.update(current -> current.with(api.compile()));
  }

  private static String metered(String of) {
    return "methodSettings:\n  "
        + of.formatted(
            "metricsEnabled: true, throttlingBurstLimit: -1, throttlingRateLimit: -1,"
                + " unauthorizedCacheControlHeaderStrategy: x");
  }

  private void call(String path) {
    gateway
        .handle(Requests.request("GET", path, Headers.empty(), Body.EMPTY))
        .completion()
        .finished(0, true);
  }

  private void drain() {
    told.clear();
    feed.drain(
        (key, unit, values) -> {
          assertThat(key.namespace()).isEqualTo("AWS/ApiGateway");
          assertThat(values.isEmpty()).isFalse();
          told.put(name(key), values);
          units.put(key.name(), unit);
        });
  }

  private static String name(MetricKey key) {
    return key.dimensions().stream()
            .map(dimension -> dimension.name() + "=" + dimension.value())
            .collect(Collectors.joining(" "))
        + " "
        + key.name();
  }

  private Distribution told(String name) {
    return Objects.requireNonNull(told.get(name), name + " is not among " + told.keySet());
  }

  @Test
  void aStageIsToldOfUnderAwssDimensions() {
    snapshot.update(current -> current.with(new CaseApi().compile()));
    call("/pets");
    call("/nowhere");
    backendStatus = 503;
    call("/pets");
    call("/pets");

    drain();

    assertThat(told.keySet())
        .containsExactlyInAnyOrder(
            "ApiName=Pets Count",
            "ApiName=Pets 4XXError",
            "ApiName=Pets 5XXError",
            "ApiName=Pets Latency",
            "ApiName=Pets IntegrationLatency",
            STAGE + "Count",
            STAGE + "4XXError",
            STAGE + "5XXError",
            STAGE + "Latency",
            STAGE + "IntegrationLatency");
    assertThat(told(STAGE + "Count").sum()).isEqualTo(4);
    assertThat(told(STAGE + "Count").count()).isEqualTo(4);
    assertThat(told(STAGE + "4XXError").sum()).isEqualTo(1);
    assertThat(told(STAGE + "4XXError").average()).isEqualTo(0.25);
    assertThat(told(STAGE + "5XXError").average()).isEqualTo(0.5);
    assertThat(told(STAGE + "Latency").count()).isEqualTo(4);
    assertThat(told(STAGE + "IntegrationLatency").count()).isEqualTo(3);
    assertThat(units)
        .containsEntry("Count", "Count")
        .containsEntry("5XXError", "Count")
        .containsEntry("Latency", "Milliseconds");
  }

  @Test
  void whatWasToldIsNotToldAgain() {
    snapshot.update(current -> current.with(new CaseApi().compile()));
    call("/pets");
    drain();

    drain();

    assertThat(told).isEmpty();
  }

  @Test
  void aMethodIsToldOfWhereItsMetricsAreEnabled() {
    serve(metered("pets/GET: {%s}"), "/pets", "/cats");
    call("/pets");
    call("/pets");
    call("/cats");

    drain();

    assertThat(told("ApiName=Pets Method=GET Resource=/pets Stage=prod Count").sum()).isEqualTo(2);
    assertThat(told.keySet()).noneMatch(name -> name.contains("/cats"));
    assertThat(told(STAGE + "Count").sum()).isEqualTo(3);
    assertThat(told("ApiName=Pets Count").sum()).isEqualTo(3);
  }

  @Test
  void aMethodThatNobodyCalledForAWhileIsToldOfAgain() {
    serve(metered("'*/*': {%s}"), "/pets");
    for (int i = 0; i < 5; i++) {
      call("/pets");
      drain();
      assertThat(told("ApiName=Pets Method=GET Resource=/pets Stage=prod Count").sum())
          .isEqualTo(1);
      drain();
      drain();
    }
  }

  @Test
  void aCanaryHasMetricsOfItsOwnBesideThoseOfItsStage() {
    CaseApi api = new CaseApi();
    api.canary("{percentTraffic: 100}");
    snapshot.update(current -> current.with(api.compile()));
    call("/pets");

    drain();

    assertThat(told("ApiName=Pets Stage=prod/Canary Count").sum()).isEqualTo(1);
    assertThat(told(STAGE + "Count").sum()).isEqualTo(1);
    assertThat(told("ApiName=Pets Count").sum()).isEqualTo(1);
  }

  @Test
  void hitsOfACacheAreARate() {
    serve(
        "cacheClusterEnabled: true\ncacheClusterSize: '0.5'\n"
            + metered("pets/GET: {cachingEnabled: true, cacheTtlInSeconds: 300, %s}"),
        "/pets");
    for (int i = 0; i < 4; i++) {
      call("/pets");
    }

    drain();

    assertThat(told(STAGE + "CacheHitCount").average()).isEqualTo(0.75);
    assertThat(told(STAGE + "CacheMissCount").average()).isEqualTo(0.25);
  }

  @Test
  void whatWasCountedOfAStageThatIsGoneIsTold() {
    snapshot.update(current -> current.with(new CaseApi().compile()));
    call("/pets");
    snapshot.update(current -> current.without(CaseApi.ID, CaseApi.STAGE));

    drain();

    assertThat(told(STAGE + "Count").sum()).isEqualTo(1);
  }

  @Test
  void aCallThatOutlivesItsStageIsTold() {
    snapshot.update(current -> current.with(new CaseApi().compile()));
    HttpResponse answer =
        gateway.handle(Requests.request("GET", "/pets", Headers.empty(), Body.EMPTY));
    snapshot.update(current -> current.without(CaseApi.ID, CaseApi.STAGE));
    drain();
    assertThat(told).isEmpty();

    answer.completion().finished(0, true);
    drain();

    assertThat(told(STAGE + "Count").sum()).isEqualTo(1);
  }

  @Test
  void aThousandMethodsHaveMetricsOfTheirOwnAndTheCanaryHasInAnyCase() {
    String[] paths =
        IntStream.range(0, 1_001).mapToObj(number -> "/pets" + number).toArray(String[]::new);
    serve(metered("'*/*': {%s}"), paths);
    for (String path : paths) {
      call(path);
    }
    CaseApi canary = new CaseApi();
    canary.canary("{percentTraffic: 100}");
    snapshot.update(current -> current.with(canary.compile()));
    call("/pets");

    drain();

    assertThat(told.keySet())
        .filteredOn(name -> name.contains("Method=GET") && name.endsWith(" Count"))
        .hasSize(1_000);
    assertThat(told("ApiName=Pets Stage=prod/Canary Count").sum()).isEqualTo(1);
  }
}
