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
import io.portico.gateway.snapshot.CurrentSnapshot;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GatewayMetricsTest {
  private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");

  private static final Credentials CREDENTIALS = new Credentials("test", "test", null);

  private final MeterClock clock = new MeterClock();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
  private final CurrentSnapshot snapshot = new CurrentSnapshot();
  private int backendStatus = 200;

  private final DataPlane gateway =
      new DataPlane(
          snapshot,
          new RestPipeline(
              new Invocations(
                  Clock.fixed(LATER, ZoneOffset.UTC), Carrier.UNSHARED, Overruns.UNTOLD),
              RuntimeState.fresh(
                  new LambdaInvoke(this::answer, CREDENTIALS, Clock.systemUTC()),
                  new UserPoolAuthorizers(this::answer, Clock.systemUTC())),
              new Integrations(this::answer, CREDENTIALS, Clock.systemUTC()),
              new Telemetry(List.of(new GatewayMetrics(registry, clock, snapshot, 1_000)))),
          NoHttpApis.PIPELINE,
          NoWebSocketApis.PIPELINE,
          Overruns.UNTOLD,
          host -> false);

  private UpstreamResponse answer(UpstreamRequest request) {
    return new UpstreamResponse(backendStatus, Headers.empty(), Body.EMPTY);
  }

  @Test
  void countsCallsInCloudWatchsNames() {
    serve(new CaseApi());

    call("/pets");
    call("/nowhere");
    backendStatus = 503;
    call("/pets");

    assertThat(count("aws.apigateway.Count")).isEqualTo(3);
    assertThat(count("aws.apigateway.4XXError")).isEqualTo(1);
    assertThat(count("aws.apigateway.5XXError")).isEqualTo(1);
    assertThat(
            registry
                .get("aws.apigateway.Latency")
                .tags("ApiName", "Pets", "ApiId", CaseApi.ID, "Stage", "prod")
                .summary()
                .count())
        .isEqualTo(3);
    assertThat(registry.get("aws.apigateway.IntegrationLatency").summary().count()).isEqualTo(2);
  }

  @Test
  void timesCallsInOpenTelemetrysNames() {
    serve(new CaseApi());

    call("/pets");
    call("/nowhere");

    assertThat(
            registry
                .get("http.server.request.duration")
                .tags(
                    "http.route", "/pets",
                    "http.request.method", "GET",
                    "http.response.status_code", "200")
                .timer()
                .count())
        .isEqualTo(1);
    assertThat(
            registry
                .get("http.server.request.duration")
                .tags("http.route", "", "http.response.status_code", "403")
                .timer()
                .count())
        .isEqualTo(1);
    assertThat(registry.get("http.client.request.duration").timer().count()).isEqualTo(1);
  }

  @Test
  void theClockOfTheMetersGoesWithTheCalls() {
    serve(new CaseApi());

    call("/pets");
    long ofTheCall = clock.wallTime();
    clock.look();

    assertThat(Instant.ofEpochMilli(ofTheCall)).isBetween(LATER, LATER.plusSeconds(60));
    assertThat(Instant.ofEpochMilli(clock.wallTime())).isBefore(LATER);
  }

  @Test
  void knowsWhatIsUnderWay() {
    serve(new CaseApi());

    HttpResponse response = gateway.handle(Requests.get("/pets"));
    double meanwhile = active();
    response.completion().finished(0, true);

    assertThat(meanwhile).isEqualTo(1);
    assertThat(active()).isZero();
  }

  @Test
  void metersAMethodOnlyWhereItIsEnabled() {
    CaseApi api = new CaseApi();
    api.stage(
        """
        methodSettings:
          pets/GET: {metricsEnabled: true, throttlingBurstLimit: -1, throttlingRateLimit: -1, unauthorizedCacheControlHeaderStrategy: x}
        """);
    api.method("GET", "/pets", "{}");
    api.method("GET", "/cats", "{}");
    serve(api);

    call("/pets");
    call("/cats");

    assertThat(
            registry
                .get("aws.apigateway.Count")
                .tags("Resource", "/pets", "Method", "GET")
                .counter()
                .count())
        .isEqualTo(1);
    assertThat(registry.find("aws.apigateway.Count").tags("Resource", "/cats").counter()).isNull();
  }

  @Test
  void requestsToAnyAreMeteredBySettingsOfTheirOwnHttpMethod() {
    CaseApi api = new CaseApi();
    api.stage(settings("pets/GET: {metricsEnabled: true, %s}"));
    api.method("ANY", "/pets", "{}");
    serve(api);

    call("/pets");
    call("POST", "/pets");

    assertThat(ofMethod("/pets", "GET")).isEqualTo(1);
    assertThat(registry.find("aws.apigateway.Count").tags("Method", "POST").counter()).isNull();
  }

  @Test
  void metricsOfAMethodBeginAndEndWhenTheyAreSwitched() {
    serve(settings("pets/GET: {metricsEnabled: false, %s}"), "/pets");
    call("/pets");
    serve(settings("pets/GET: {metricsEnabled: true, %s}"), "/pets");
    call("/pets");
    call("/pets");
    double on = ofMethod("/pets", "GET");
    serve(settings("pets/GET: {metricsEnabled: false, %s}"), "/pets");
    call("/pets");

    assertThat(on).isEqualTo(2);
    assertThat(registry.find("aws.apigateway.Count").tags("Resource", "/pets").counter()).isNull();
    assertThat(count("aws.apigateway.Count")).isEqualTo(4);
  }

  @Test
  void hitsOfACacheAreCountedOfAMethodFromWhenItsMetricsAreSwitchedOn() {
    String cluster = "cacheClusterEnabled: true\ncacheClusterSize: '0.5'\n";
    String cached = "cachingEnabled: true, cacheTtlInSeconds: 300, ";
    serve(cluster + settings("pets/GET: {" + cached + "metricsEnabled: false, %s}"), "/pets");
    call("/pets");
    call("/pets");
    serve(cluster + settings("pets/GET: {" + cached + "metricsEnabled: true, %s}"), "/pets");
    call("/pets");

    assertThat(count("aws.apigateway.CacheHitCount")).isEqualTo(2);
    assertThat(
            registry
                .get("aws.apigateway.CacheHitCount")
                .tags("Resource", "/pets", "Method", "GET")
                .counter()
                .count())
        .isEqualTo(1);
  }

  @Test
  void routesThatAreNoMoreAreForgotten() {
    serve(settings("'*/*': {metricsEnabled: true, %s}"), "/pets", "/cats");
    call("/pets");
    call("/cats");

    serve(settings("'*/*': {metricsEnabled: true, %s}"), "/cats");

    assertThat(registry.find("aws.apigateway.Count").tags("Resource", "/pets").counter()).isNull();
    assertThat(registry.find("http.server.request.duration").tags("http.route", "/pets").timer())
        .isNull();
    assertThat(ofMethod("/cats", "GET")).isEqualTo(1);
    assertThat(count("aws.apigateway.Count")).isEqualTo(2);
  }

  @Test
  void aCanaryThatIsNoMoreHasNoMetrics() {
    CaseApi api = new CaseApi();
    api.canary("{percentTraffic: 100}");
    serve(api);
    call("/pets");
    double before = ofStage("prod/Canary", "");

    serve(new CaseApi());

    assertThat(before).isEqualTo(1);
    assertThat(registry.find("aws.apigateway.Count").tags("Stage", "prod/Canary").counter())
        .isNull();
    assertThat(ofStage("prod", "")).isEqualTo(1);
  }

  @Test
  void anApiThatIsRenamedHasMetricsUnderItsNewName() {
    serve(settings("'*/*': {metricsEnabled: true, %s}"), "/pets");
    call("/pets");

    CaseApi renamed = new CaseApi();
    renamed.stage(settings("'*/*': {metricsEnabled: true, %s}"));
    renamed.method("GET", "/pets", "{}");
    renamed.api("{name: Animals}");
    serve(renamed);
    call("/pets");

    assertThat(registry.get("aws.apigateway.Count").counters())
        .extracting(counter -> counter.getId().getTag("ApiName"))
        .containsExactly("Animals", "Animals");
    assertThat(ofMethod("/pets", "GET")).isEqualTo(1);
  }

  @Test
  void aCallOfAStageThatWasMadeAnewMeanwhileIsNoneOfItsOwn() {
    serve(new CaseApi());
    HttpResponse underWay = gateway.handle(Requests.get("/pets"));
    snapshot.update(current -> current.without(CaseApi.ID, CaseApi.STAGE));
    serve(new CaseApi());
    HttpResponse ofTheNewOne = gateway.handle(Requests.get("/pets"));

    underWay.completion().finished(0, true);
    double meanwhile = active();
    ofTheNewOne.completion().finished(0, true);

    assertThat(meanwhile).isEqualTo(1);
    assertThat(active()).isZero();
    assertThat(count("aws.apigateway.Count")).isEqualTo(1);
  }

  @Test
  void aCanaryHasMetricsOfItsOwnBesideThoseOfItsStage() {
    CaseApi api = new CaseApi();
    api.stage(
        """
        methodSettings:
          '*/*': {metricsEnabled: true, throttlingBurstLimit: -1, throttlingRateLimit: -1, unauthorizedCacheControlHeaderStrategy: x}
        """);
    api.canary("{percentTraffic: 100}");
    serve(api);

    call("/pets");
    call("/nowhere");

    assertThat(ofStage("prod", "")).isEqualTo(2);
    assertThat(ofStage("prod/Canary", "")).isEqualTo(2);
    assertThat(ofStage("prod", "/pets")).isEqualTo(1);
    assertThat(ofStage("prod/Canary", "/pets")).isEqualTo(1);
    assertThat(registry.get("http.server.request.duration").timers())
        .extracting(timer -> timer.getId().getTag("api.stage"))
        .containsOnly("prod");
  }

  @Test
  void whatIsNoCanarysIsNotAmongItsMetrics() {
    CaseApi api = new CaseApi();
    api.canary("{percentTraffic: 0}");
    serve(api);

    call("/pets");

    assertThat(ofStage("prod", "")).isEqualTo(1);
    assertThat(registry.find("aws.apigateway.Count").tags("Stage", "prod/Canary").counter())
        .isNull();
  }

  @Test
  void countsWhatTheCacheAnswersAndWhatItDoesNot() {
    CaseApi api = new CaseApi();
    api.stage(
        """
        cacheClusterEnabled: true
        cacheClusterSize: '0.5'
        methodSettings:
          pets/GET: {cachingEnabled: true, cacheTtlInSeconds: 300, metricsEnabled: true, throttlingBurstLimit: -1, throttlingRateLimit: -1, unauthorizedCacheControlHeaderStrategy: x}
        """);
    api.method("GET", "/pets", "{}");
    api.method("GET", "/cats", "{}");
    serve(api);

    call("/cats");
    boolean before = registry.find("aws.apigateway.CacheMissCount").counter() != null;
    call("/pets");
    call("/pets");
    call("/pets");

    assertThat(before).isFalse();
    assertThat(count("aws.apigateway.CacheHitCount")).isEqualTo(2);
    assertThat(count("aws.apigateway.CacheMissCount")).isEqualTo(1);
    assertThat(
            registry
                .get("aws.apigateway.CacheHitCount")
                .tags("Resource", "/pets", "Method", "GET")
                .counter()
                .count())
        .isEqualTo(2);
  }

  @Test
  void makesNoMetersWithoutEndForABackendsStatuses() {
    serve(new CaseApi());

    for (backendStatus = 200; backendStatus < 600; backendStatus++) {
      call("/pets");
    }

    assertThat(registry.find("http.server.request.duration").timers()).hasSizeLessThan(30);
    assertThat(
            registry.find("http.server.request.duration").timers().stream()
                .mapToLong(timer -> timer.count())
                .sum())
        .isEqualTo(400);
  }

  @Test
  void forgetsAStageThatIsGone() {
    serve(settings("'*/*': {metricsEnabled: true, %s}"), "/pets");
    HttpResponse underWay = gateway.handle(Requests.get("/pets"));
    call("/pets");

    snapshot.update(current -> current.without(CaseApi.ID, CaseApi.STAGE));
    underWay.completion().finished(0, true);

    assertThat(registry.getMeters())
        .extracting(meter -> meter.getId().getName())
        .containsExactlyInAnyOrder(
            "portico.metrics.route.series.left.out", "portico.metrics.detailed.left.out");
  }

  private void serve(CaseApi api) {
    snapshot.update(current -> current.with(api.compile()));
  }

  /** A stage with these settings and a method GET of each path. */
  private void serve(String stage, String... paths) {
    CaseApi api = new CaseApi();
    api.stage(stage);
    for (String path : paths) {
      api.method("GET", path, "{}");
    }
    serve(api);
  }

  private static String settings(String of) {
    return "methodSettings:\n  "
        + of.formatted(
            "throttlingBurstLimit: -1, throttlingRateLimit: -1,"
                + " unauthorizedCacheControlHeaderStrategy: x");
  }

  private void call(String path) {
    call("GET", path);
  }

  private void call(String method, String path) {
    gateway
        .handle(Requests.request(method, path, Headers.empty(), Body.EMPTY))
        .completion()
        .finished(0, true);
  }

  private double ofMethod(String resource, String method) {
    return registry
        .get("aws.apigateway.Count")
        .tags("Stage", "prod", "Resource", resource, "Method", method)
        .counter()
        .count();
  }

  private double count(String name) {
    return registry.get(name).tags("Resource", "", "Method", "").counter().count();
  }

  private double ofStage(String stage, String resource) {
    return registry
        .get("aws.apigateway.Count")
        .tags("Stage", stage, "Resource", resource)
        .counter()
        .count();
  }

  private double active() {
    return registry.get("http.server.active_requests").gauge().value();
  }
}
