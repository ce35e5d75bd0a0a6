package io.portico.gateway.execute.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.portico.gateway.aws.Credentials;
import io.portico.gateway.aws.policy.Identities;
import io.portico.gateway.compute.Carrier;
import io.portico.gateway.execute.DataPlane;
import io.portico.gateway.execute.Invocations;
import io.portico.gateway.execute.NoWebSocketApis;
import io.portico.gateway.execute.Overruns;
import io.portico.gateway.execute.authorizer.JwtAuthorizers;
import io.portico.gateway.execute.authorizer.RequestAuthorizers;
import io.portico.gateway.execute.authorizer.SignedCallers;
import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.execute.cases.CaseGateway;
import io.portico.gateway.execute.cases.HttpCaseDefinition;
import io.portico.gateway.execute.httpapi.HttpApiPipeline;
import io.portico.gateway.execute.httpapi.RouteAuthorizers;
import io.portico.gateway.execute.httpapi.RouteIntegrations;
import io.portico.gateway.execute.httpapi.RouteThrottles;
import io.portico.gateway.execute.integration.LambdaInvoke;
import io.portico.gateway.execute.throttle.Throttles;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.gateway.jose.KeySetLimits;
import io.portico.gateway.snapshot.CurrentSnapshot;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The metrics of HTTP APIs. */
final class HttpApiMetricsTest {
  private static final Credentials CREDENTIALS = new Credentials("test", "test", null);
  private static final Clock CLOCK = Clock.systemUTC();

  private final MeterClock clock = new MeterClock();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
  private final CurrentSnapshot snapshot = new CurrentSnapshot();
  private int backendStatus = 200;

  private final LambdaInvoke lambda = new LambdaInvoke(this::answer, CREDENTIALS, CLOCK);
  private final DataPlane gateway =
      new DataPlane(
          snapshot,
          (request, address, stage, served) -> {
            throw new AssertionError("no REST API is served");
          },
          new HttpApiPipeline(
              new Invocations(CLOCK, Carrier.UNSHARED, Overruns.UNTOLD),
              new RouteAuthorizers(
                  new SignedCallers(Identities.NOBODY, CLOCK),
                  new JwtAuthorizers(
                      this::answer, KeySetLimits.ofHttpApis(), CLOCK, System::nanoTime),
                  new RequestAuthorizers(lambda, lambda.signing(), snapshot)),
              new RouteThrottles(new Throttles(), null),
              new RouteIntegrations(this::answer, CREDENTIALS, CLOCK),
              new Telemetry(List.of(new GatewayMetrics(registry, clock, snapshot, 1_000)))),
          NoWebSocketApis.PIPELINE,
          Overruns.UNTOLD,
          host -> false);

  private UpstreamResponse answer(UpstreamRequest request) {
    return new UpstreamResponse(backendStatus, Headers.empty(), Body.of("12345"));
  }

  private void serve(String stage, String... routes) {
    HttpCaseDefinition api = new HttpCaseDefinition();
    assertThat(api.take("stage dev", stage)).isTrue();
    for (String route : routes) {
      assertThat(api.take("route " + route, "{}")).isTrue();
    }
    snapshot.update(current -> api.served());
  }

  private void call(String method, String path, String... headers) {
    try {
      gateway
          .handle(
              CaseGateway.fromTheClient(
                  method,
                  "/dev" + path,
                  "HTTP/1.1",
                  Headers.of(headers).toBuilder()
                      .add("Host", CaseApi.ID + ".execute-api.us-east-1.localhost")
                      .build(),
                  Body.of("123")))
          .completion()
          .finished(5, true);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private double count(String name) {
    return count(name, "", "");
  }

  private double count(String name, String method, String resource) {
    return registry
        .get("aws.apigateway." + name)
        .tags("ApiId", CaseApi.ID, "Stage", "dev", "Method", method, "Resource", resource)
        .counter()
        .count();
  }

  @Test
  void countsCallsInCloudWatchsNames() {
    serve("{}", "GET /pets");

    call("GET", "/pets");
    call("GET", "/nowhere");
    backendStatus = 503;
    call("GET", "/pets");

    assertThat(count("Count")).isEqualTo(3);
    assertThat(count("4xx")).isEqualTo(1);
    assertThat(count("5xx")).isEqualTo(1);
    assertThat(registry.get("aws.apigateway.Latency").summary().count()).isEqualTo(3);
    assertThat(registry.get("aws.apigateway.IntegrationLatency").summary().count()).isEqualTo(2);
    assertThat(registry.get("aws.apigateway.DataProcessed").summary().totalAmount()).isEqualTo(24);
  }

  @Test
  void countsWhatTheGatewayCannotSayOfAFault() {
    HttpCaseDefinition api = new HttpCaseDefinition();
    assertThat(api.take("not accepted", "a header that would end")).isTrue();
    assertThat(
            api.take(
                "http api",
                """
                {corsConfiguration: {allowOrigins: ['*'], exposeHeaders: ["a\\nb"]}}
                """))
        .isTrue();
    assertThat(api.take("stage dev", "{}")).isTrue();
    snapshot.update(current -> api.served());

    call("GET", "/nowhere", "Origin", "https://www.example.com");

    assertThat(count("Count")).isEqualTo(1);
    assertThat(count("5xx")).isEqualTo(1);
  }

  @Test
  void countsRoutesWhereThatIsEnabled() {
    serve(
        """
        {defaultRouteSettings: {detailedMetricsEnabled: true},
         routeSettings: {'GET /cats': {detailedMetricsEnabled: false}}}
        """,
        "GET /pets",
        "GET /cats",
        "ANY /dogs/{id}",
        "$default");

    call("GET", "/pets");
    call("GET", "/cats");
    call("GET", "/dogs/1");
    call("PUT", "/dogs/2");
    call("GET", "/nowhere");

    assertThat(count("Count", "GET", "/pets")).isEqualTo(1);
    assertThat(registry.find("aws.apigateway.Count").tags("Resource", "/cats").counter()).isNull();
    assertThat(count("Count", "ANY", "/dogs/{id}")).isEqualTo(2);
    assertThat(count("Count", "ANY", "$default")).isEqualTo(1);
  }

  @Test
  void timesCallsByRoute() {
    serve("{}", "ANY /pets/{id}", "$default");

    call("PUT", "/pets/1");
    call("GET", "/other");

    assertThat(requests("/pets/{id}", "PUT")).isEqualTo(1);
    assertThat(requests("$default", "GET")).isEqualTo(1);
  }

  private long requests(String route, String method) {
    return registry
        .get("http.server.request.duration")
        .tags("http.route", route, "http.request.method", method)
        .timer()
        .count();
  }

  @Test
  void forgetsRoutesThatAreGoneAndThenTheStage() {
    serve("{defaultRouteSettings: {detailedMetricsEnabled: true}}", "GET /pets", "GET /cats");
    call("GET", "/pets");
    call("GET", "/cats");

    serve("{defaultRouteSettings: {detailedMetricsEnabled: true}}", "GET /cats");

    assertThat(registry.find("aws.apigateway.Count").tags("Resource", "/pets").counter()).isNull();
    assertThat(registry.find("http.server.request.duration").tags("http.route", "/pets").timer())
        .isNull();
    assertThat(count("Count", "GET", "/cats")).isEqualTo(1);
    snapshot.update(current -> current.without(CaseApi.ID));
    assertThat(registry.getMeters())
        .extracting(Meter::getId)
        .extracting(Meter.Id::getName)
        .containsExactlyInAnyOrder(
            "portico.metrics.route.series.left.out", "portico.metrics.detailed.left.out");
  }
}
