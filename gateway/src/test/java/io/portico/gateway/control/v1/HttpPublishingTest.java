package io.portico.gateway.control.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.aws.ArnPattern;
import io.portico.gateway.compile.FunctionEndpoints;
import io.portico.gateway.compile.LinkTargets;
import io.portico.gateway.compile.ServiceEndpoints;
import io.portico.gateway.compile.SnapshotCompiler;
import io.portico.gateway.compile.UserPoolIssuers;
import io.portico.gateway.compile.httpapi.HttpApiCompiler;
import io.portico.gateway.compile.websocket.WebSocketApiCompiler;
import io.portico.gateway.control.LinkedStages;
import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.SnapshotPublisher;
import io.portico.gateway.control.V2RecordTypes;
import io.portico.gateway.http.UpstreamRequest.Origin;
import io.portico.gateway.http.websocket.WebSocketLimits;
import io.portico.gateway.model.ApiScopeRecord;
import io.portico.gateway.model.v2.ApiDefinition;
import io.portico.gateway.model.v2.ApiRecord;
import io.portico.gateway.model.v2.DeploymentRecord;
import io.portico.gateway.model.v2.IntegrationRecord;
import io.portico.gateway.model.v2.RouteRecord;
import io.portico.gateway.model.v2.StageRecord;
import io.portico.gateway.model.v2.VpcLinkRecord;
import io.portico.gateway.snapshot.CallLimits;
import io.portico.gateway.snapshot.CurrentSnapshot;
import io.portico.gateway.snapshot.httpapi.HttpStage;
import io.portico.gateway.snapshot.httpapi.RouteIntegration;
import io.portico.gateway.snapshot.websocket.WebSocketStage;
import io.portico.gateway.store.RecordWriter;
import io.portico.gateway.store.Records;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** From the records of HTTP APIs to what the data plane serves. */
final class HttpPublishingTest {
  private static final String API = "abcdefghij";
  private static final String LISTENER =
      "arn:aws:elasticloadbalancing:us-east-1:000000000000:listener/app/pets/1/2";
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final ServiceEndpoints NO_SERVICES = new ServiceEndpoints(Map.of(), null, false);
  private static final FunctionEndpoints NO_FUNCTIONS = new FunctionEndpoints(List.of(), null);

  private final Records records = new Records(new TestStore());
  private final CurrentSnapshot snapshot = new CurrentSnapshot();
  private final SnapshotPublisher publisher = publisher(snapshot);

  private static SnapshotPublisher publisher(CurrentSnapshot snapshot) {
    return new SnapshotPublisher(
        snapshot,
        new SnapshotCompiler(CallLimits.AWS, NO_SERVICES, NO_FUNCTIONS),
        new HttpApiCompiler(
            CallLimits.AWS,
            NO_SERVICES,
            NO_FUNCTIONS,
            new UserPoolIssuers(NO_SERVICES),
            new LinkTargets(
                List.of(
                    new LinkTargets.Rule(
                        Objects.requireNonNull(ArnPattern.of(LISTENER)),
                        List.of(new Origin(false, "10.0.0.1", 80, true)))))),
        new WebSocketApiCompiler(
            CallLimits.AWS,
            WebSocketLimits.standard(),
            NO_SERVICES,
            NO_FUNCTIONS,
            LinkTargets.NONE),
        (reader, arn) -> null);
  }

  private interface Work {
    void with(RecordWriter writer);
  }

  private void write(Work work) {
    boolean _ =
        records.write(
            writer -> {
              work.with(writer);
              return true;
            });
  }

  private static ApiRecord api(String protocol) {
    return new ApiRecord(
        API,
        "000000000000",
        "us-east-1",
        "pets",
        protocol,
        null,
        null,
        "$request.method $request.path",
        "$request.header.x-api-key",
        null,
        false,
        null,
        "ipv4",
        null,
        null,
        null,
        NOW);
  }

  private static void putApi(RecordWriter writer, String protocol) {
    writer.put(RecordTypes.API_SCOPE, "", API, new ApiScopeRecord("000000000000", "us-east-1"));
    writer.put(V2RecordTypes.API, "000000000000/us-east-1", API, api(protocol));
  }

  private static void putDeployment(RecordWriter writer, String id, String routeKey) {
    putDeployment(writer, id, routeKey, null, List.of());
  }

  private static void putDeployment(
      RecordWriter writer,
      String id,
      String routeKey,
      @Nullable String target,
      List<IntegrationRecord> integrations) {
    writer.put(
        V2RecordTypes.DEPLOYMENT,
        API,
        id,
        new DeploymentRecord(
            id,
            null,
            false,
            "DEPLOYED",
            null,
            NOW,
            new ApiDefinition(
                api(ApiRecord.HTTP),
                List.of(
                    new RouteRecord(
                        "r1", routeKey, target, "NONE", null, null, false, null, null, null, null,
                        null, List.of(), false)),
                integrations,
                List.of(),
                List.of())));
  }

  private static void putStage(RecordWriter writer, String name, @Nullable String deploymentId) {
    putStage(writer, name, deploymentId, Map.of());
  }

  private static void putStage(
      RecordWriter writer,
      String name,
      @Nullable String deploymentId,
      Map<String, String> variables) {
    writer.put(
        V2RecordTypes.STAGE,
        API,
        name,
        new StageRecord(
            name,
            deploymentId,
            null,
            false,
            null,
            StageRecord.RouteSettings.NONE,
            Map.of(),
            variables,
            null,
            null,
            null,
            false,
            NOW,
            NOW));
  }

  private @Nullable HttpStage served(String stageName) {
    return snapshot.get().served(API, stageName) instanceof HttpStage stage ? stage : null;
  }

  private void serve() {
    write(
        writer -> {
          putApi(writer, ApiRecord.HTTP);
          putDeployment(writer, "d1", "GET /pets");
          putStage(writer, "$default", "d1");
          publisher.stageChanged(writer, API, "$default");
        });
  }

  @Test
  void servesAStageUntilItIsDeleted() {
    serve();

    HttpStage stage = served("$default");
    assertThat(stage).isNotNull();
    assertThat(stage.routes().root().children()).containsOnlyKeys("pets");
    assertThat(stage.deploymentId()).isEqualTo("d1");

    write(writer -> publisher.stageDeleted(writer, API, "$default"));
    assertThat(served("$default")).isNull();
  }

  @Test
  void servesAStageThatNothingIsDeployedToWithoutRoutes() {
    write(
        writer -> {
          putApi(writer, ApiRecord.HTTP);
          putStage(writer, "dev", null);
          publisher.stageChanged(writer, API, "dev");
        });

    HttpStage stage = served("dev");
    assertThat(stage).isNotNull();
    assertThat(stage.routes().root().children()).isEmpty();
    assertThat(stage.routes().fallback()).isNull();
  }

  @Test
  void servesAnotherDeploymentOnceTheStagePointsToIt() {
    serve();

    write(
        writer -> {
          putDeployment(writer, "d2", "$default");
          putStage(writer, "$default", "d2");
          publisher.stageChanged(writer, API, "$default");
        });

    HttpStage stage = served("$default");
    assertThat(stage).isNotNull();
    assertThat(stage.routes().fallback()).isNotNull();
  }

  @Test
  void servesEveryStageOfAnApiThatChanges() {
    serve();

    write(
        writer -> {
          putStage(writer, "dev", "d1");
          publisher.apiChanged(writer, API);
        });

    assertThat(snapshot.get().apis().get(API)).isNotNull();
    assertThat(served("dev")).isNotNull();
    write(writer -> publisher.apiDeleted(writer, API));
    assertThat(snapshot.get().apis()).isEmpty();
  }

  @Test
  void servesAllStagesAfterAStart() {
    serve();
    CurrentSnapshot fresh = new CurrentSnapshot();

    publisher(fresh).publishAll(records);

    assertThat(fresh.get().served(API, "$default")).isInstanceOf(HttpStage.class);
  }

  @Test
  void aStageWhoseVpcLinkIsGoneLeadsNowhere() {
    write(
        writer -> {
          putApi(writer, ApiRecord.HTTP);
          putDeployment(writer, "d1", "$default", "integrations/i1", List.of(ofVpc("link")));
          putDeployment(writer, "d2", "$default", "integrations/i1", List.of(ofVpc("other")));
          putDeployment(
              writer,
              "d3",
              "$default",
              "integrations/i1",
              List.of(ofVpc("${stageVariables.link}")));
          putLink(writer, "link");
          putLink(writer, "other");
          putStage(writer, "$default", "d1");
          putStage(writer, "dev", "d2");
          putStage(writer, "test", "d3", Map.of("link", "link"));
          publisher.apiChanged(writer, API);
        });
    assertThat(called("$default")).isInstanceOf(RouteIntegration.PrivateProxy.class);
    assertThat(called("test")).isInstanceOf(RouteIntegration.PrivateProxy.class);
    HttpStage dev = served("dev");

    write(
        writer -> {
          writer.delete(V2RecordTypes.VPC_LINK, "000000000000/us-east-1", "link");
          LinkedStages.linkDeleted(writer, publisher, "000000000000/us-east-1", "link");
        });

    assertThat(called("$default"))
        .isEqualTo(new RouteIntegration.Broken("there is no VPC link link"));
    assertThat(called("test")).isEqualTo(called("$default"));
    assertThat(served("$default")).extracting(HttpStage::targetGroups).isEqualTo(Set.of());
    assertThat(served("dev")).isSameAs(dev);
  }

  private @Nullable RouteIntegration called(String stageName) {
    HttpStage stage = served(stageName);
    return stage == null || stage.routes().fallback() == null
        ? null
        : stage.routes().fallback().integration();
  }

  private static void putLink(RecordWriter writer, String id) {
    writer.put(
        V2RecordTypes.VPC_LINK,
        "000000000000/us-east-1",
        id,
        new VpcLinkRecord(id, "pets", List.of("subnet-a"), List.of(), NOW, null));
  }

  private static IntegrationRecord ofVpc(String linkId) {
    return new IntegrationRecord(
        "i1",
        "HTTP_PROXY",
        null,
        linkId,
        "VPC_LINK",
        null,
        null,
        "ANY",
        null,
        null,
        LISTENER,
        null,
        "1.0",
        null,
        null,
        null,
        null,
        30_000,
        null,
        List.of(),
        false);
  }

  @Test
  void servesStagesOfWebSocketApis() {
    write(
        writer -> {
          putApi(writer, ApiRecord.WEBSOCKET);
          putDeployment(writer, "d1", "$connect");
          putStage(writer, "dev", "d1");
          putStage(writer, "empty", null);
          publisher.apiChanged(writer, API);
        });

    assertThat(snapshot.get().served(API, "dev"))
        .isInstanceOfSatisfying(
            WebSocketStage.class, stage -> assertThat(stage.routes()).containsOnlyKeys("$connect"));
    assertThat(snapshot.get().served(API, "empty"))
        .isInstanceOfSatisfying(
            WebSocketStage.class, stage -> assertThat(stage.routes()).isEmpty());

    CurrentSnapshot fresh = new CurrentSnapshot();
    publisher(fresh).publishAll(records);
    assertThat(fresh.get().served(API, "dev")).isInstanceOf(WebSocketStage.class);
  }
}
