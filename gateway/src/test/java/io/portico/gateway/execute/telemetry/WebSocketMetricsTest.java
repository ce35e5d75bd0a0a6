package io.portico.gateway.execute.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.portico.gateway.aws.Credentials;
import io.portico.gateway.compute.Carrier;
import io.portico.gateway.execute.DataPlane;
import io.portico.gateway.execute.Invocations;
import io.portico.gateway.execute.NoHttpApis;
import io.portico.gateway.execute.Overruns;
import io.portico.gateway.execute.authorizer.LambdaAuthorizers;
import io.portico.gateway.execute.authorizer.SignedCallers;
import io.portico.gateway.execute.authorizer.UserPoolAuthorizers;
import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.execute.cases.CaseConnection;
import io.portico.gateway.execute.cases.CaseGateway;
import io.portico.gateway.execute.cases.WebSocketCaseDefinition;
import io.portico.gateway.execute.integration.Integrations;
import io.portico.gateway.execute.integration.LambdaInvoke;
import io.portico.gateway.execute.rest.RestPipeline;
import io.portico.gateway.execute.rest.RuntimeState;
import io.portico.gateway.execute.websocket.ConnectionBounds;
import io.portico.gateway.execute.websocket.OpenConnections;
import io.portico.gateway.execute.websocket.WebSocketPipeline;
import io.portico.gateway.execute.websocket.WebSocketState;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.gateway.http.websocket.WebSocketClose;
import io.portico.gateway.http.websocket.WebSocketUpgrade;
import io.portico.gateway.snapshot.CurrentSnapshot;
import io.portico.gateway.snapshot.GatewaySnapshot;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class WebSocketMetricsTest {
  private static final Credentials CREDENTIALS = new Credentials("test", "test", null);

  private final MeterClock clock = new MeterClock();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
  private final CurrentSnapshot snapshot = new CurrentSnapshot();
  private final OpenConnections connections =
      new OpenConnections(snapshot, ConnectionBounds.STANDARD);
  private String functionAnswers = "{\"statusCode\": 200, \"body\": \"x\"}";
  private boolean unreachable;
  private final DataPlane gateway = gateway(this::backend);

  private UpstreamResponse backend(UpstreamRequest request) throws UpstreamException {
    if (unreachable) {
      throw new UpstreamException(UpstreamException.Reason.CONNECT_FAILED, "nobody", null);
    }
    return new UpstreamResponse(200, Headers.empty(), Body.of(functionAnswers));
  }

  private DataPlane gateway(Upstream upstream) {
    Telemetry telemetry =
        new Telemetry(List.of(new GatewayMetrics(registry, clock, snapshot, 1_000)));
    Invocations invocations = new Invocations(Clock.systemUTC(), Carrier.UNSHARED, Overruns.UNTOLD);
    LambdaInvoke lambda = new LambdaInvoke(upstream, CREDENTIALS, Clock.systemUTC());
    RuntimeState fresh =
        RuntimeState.fresh(lambda, new UserPoolAuthorizers(upstream, Clock.systemUTC()));
    Integrations integrations = new Integrations(upstream, CREDENTIALS, Clock.systemUTC());
    return new DataPlane(
        snapshot,
        new RestPipeline(invocations, fresh, integrations, telemetry),
        NoHttpApis.PIPELINE,
        new WebSocketPipeline(
            invocations,
            snapshot,
            new WebSocketState(
                connections,
                new LambdaAuthorizers(lambda, lambda.signing(), snapshot),
                new SignedCallers(CaseGateway.identities(), Clock.systemUTC()),
                fresh.throttles(),
                fresh.usage(),
                null),
            integrations,
            telemetry,
            telemetry),
        Overruns.UNTOLD,
        host -> false);
  }

  private void serve(String... sections) {
    WebSocketCaseDefinition definition = new WebSocketCaseDefinition();
    for (int i = 0; i < sections.length; i += 2) {
      assertThat(definition.take(sections[i], sections[i + 1])).isTrue();
    }
    snapshot.update(current -> definition.served());
  }

  private @Nullable CaseConnection connect() throws UnknownHostException {
    WebSocketUpgrade upgrade = upgrade();
    return upgrade == null ? null : new CaseConnection(upgrade.listener());
  }

  private @Nullable WebSocketUpgrade upgrade() throws UnknownHostException {
    HttpResponse answer =
        gateway.handle(
            CaseGateway.fromTheClient(
                "GET",
                "/" + CaseApi.STAGE,
                "HTTP/1.1",
                Headers.of(
                    "Host", CaseApi.ID + ".execute-api.us-east-1.localhost",
                    "Upgrade", "websocket",
                    "Connection", "Upgrade",
                    "Sec-WebSocket-Version", "13",
                    "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
                Body.EMPTY));
    answer.completion().finished(0, true);
    return answer.upgrade();
  }

  private CaseConnection connected() throws UnknownHostException {
    return Objects.requireNonNull(connect(), "refused");
  }

  private double count(String name, String... tags) {
    return registry.get("aws.apigateway." + name).tags(tags).counter().count();
  }

  @Test
  void countsConnectionsAndMessagesBothWays() throws Exception {
    serve("route $connect", "", "route one", "", "route two", "{twoWay: true}");

    CaseConnection client = connected();
    client.sends("{\"action\": \"one\"}");
    client.sends("{\"action\": \"two\"}");
    client.ends(WebSocketClose.of(WebSocketClose.NORMAL));

    assertThat(count("ConnectCount", "ApiId", CaseApi.ID, "Stage", "prod")).isEqualTo(1);
    assertThat(count("MessageCount")).isEqualTo(3);
    assertThat(count("ClientError")).isZero();
    assertThat(count("IntegrationError")).isZero();
    assertThat(count("ExecutionError")).isZero();
    assertThat(registry.get("aws.apigateway.IntegrationLatency").summary().count()).isEqualTo(3);
  }

  @Test
  void countsConnectionsThatTheIntegrationWasAskedFor() throws Exception {
    serve("route one", "");
    connected();
    assertThat(count("ConnectCount")).isZero();

    serve("route $connect", "{authorizationType: AWS_IAM}");
    assertThat(connect()).isNull();
    assertThat(count("ConnectCount")).isZero();

    serve(
        "route $connect",
        "",
        "integration",
        "{integrationType: MOCK, requestTemplates: {application/json: '{\"statusCode\": 401}'}}");
    assertThat(connect()).isNull();
    assertThat(count("ConnectCount")).isEqualTo(1);
  }

  @Test
  void tellsApartWhoseErrorsThereAre() throws Exception {
    serve("route one", "");

    CaseConnection client = connected();
    client.sends("{\"action\": \"nowhere\"}");
    functionAnswers = "{\"statusCode\": 500}";
    client.sends("{\"action\": \"one\"}");
    unreachable = true;
    client.sends("{\"action\": \"one\"}");

    assertThat(count("ClientError")).isEqualTo(1);
    assertThat(count("IntegrationError")).isEqualTo(1);
    assertThat(count("ExecutionError")).isEqualTo(1);
  }

  @Test
  void hasMetricsOfRoutesWhereTheyAreEnabled() throws Exception {
    serve(
        "stage",
        "{routeSettings: {one: {detailedMetricsEnabled: true}}}",
        "route one",
        "",
        "route other",
        "");

    CaseConnection client = connected();
    client.sends("{\"action\": \"one\"}");
    client.sends("{\"action\": \"other\"}");

    assertThat(count("MessageCount", "Route", "one")).isEqualTo(1);
    assertThat(count("MessageCount", "Route", "")).isEqualTo(2);
    assertThat(registry.find("aws.apigateway.MessageCount").tags("Route", "other").counter())
        .isNull();
  }

  @Test
  void connectionsEndWithTheirStageAndMetersToo() throws Exception {
    serve("route $connect", "");
    CaseConnection client = connected();
    assertThat(connections.size()).isEqualTo(1);

    snapshot.update(current -> GatewaySnapshot.EMPTY);

    assertThat(client.close()).isEqualTo(new WebSocketClose(1001, "Going away"));
    assertThat(connections.size()).isZero();
    assertThat(registry.find("aws.apigateway.ConnectCount").counter()).isNull();
  }

  @Test
  void aConnectionEndsWhoseStageWentWhileItWasLetIn() throws Exception {
    serve("route $connect", "");
    WebSocketUpgrade letIn = Objects.requireNonNull(upgrade(), "refused");
    snapshot.update(current -> GatewaySnapshot.EMPTY);

    CaseConnection client = new CaseConnection(letIn.listener());

    assertThat(client.close()).isEqualTo(new WebSocketClose(1001, "Going away"));
    assertThat(connections.size()).isZero();
  }
}
