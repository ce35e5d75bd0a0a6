package io.portico.gateway.control.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.gateway.compile.FunctionEndpoints;
import io.portico.gateway.compile.LinkTargets;
import io.portico.gateway.compile.ServiceEndpoints;
import io.portico.gateway.compile.SnapshotCompiler;
import io.portico.gateway.compile.UserPoolIssuers;
import io.portico.gateway.compile.httpapi.HttpApiCompiler;
import io.portico.gateway.compile.websocket.WebSocketApiCompiler;
import io.portico.gateway.compute.Carrier;
import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.SnapshotPublisher;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.http.UpstreamRequest.Origin;
import io.portico.gateway.http.websocket.WebSocketLimits;
import io.portico.gateway.json.Json;
import io.portico.gateway.json.Yaml;
import io.portico.gateway.jsonschema.JsonSchema;
import io.portico.gateway.snapshot.ApiKeySnapshot;
import io.portico.gateway.snapshot.CallLimits;
import io.portico.gateway.snapshot.CurrentSnapshot;
import io.portico.gateway.snapshot.GatewaySnapshot;
import io.portico.gateway.snapshot.IntegrationSnapshot;
import io.portico.gateway.snapshot.StageSnapshot;
import io.portico.gateway.snapshot.ThrottleLimit;
import io.portico.gateway.snapshot.UsagePlanSnapshot;
import io.portico.gateway.snapshot.UsageSnapshot;
import io.portico.gateway.snapshot.websocket.WebSocketRoute;
import io.portico.gateway.snapshot.websocket.WebSocketStage;
import io.portico.gateway.x509.Pem;
import io.portico.gateway.x509.PemException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** From a call of the control plane to what the data plane serves. */
final class PublishingTest {
  private static final HttpApiCompiler HTTP =
      new HttpApiCompiler(
          CallLimits.AWS,
          new ServiceEndpoints(Map.of(), null, false),
          new FunctionEndpoints(List.of(), null),
          new UserPoolIssuers(new ServiceEndpoints(Map.of(), null, false)),
          LinkTargets.NONE);
  private static final WebSocketApiCompiler WEBSOCKET =
      new WebSocketApiCompiler(
          CallLimits.AWS,
          WebSocketLimits.standard(),
          new ServiceEndpoints(Map.of(), null, false),
          new FunctionEndpoints(List.of(), null),
          LinkTargets.NONE);

  private final CurrentSnapshot snapshot = new CurrentSnapshot();
  private final SnapshotCompiler compiler =
      new SnapshotCompiler(
          CallLimits.AWS,
          new ServiceEndpoints(Map.of(), null, false),
          new FunctionEndpoints(List.of(), null));
  private final TestControlPlane plane =
      new TestControlPlane(
          new SnapshotPublisher(snapshot, compiler, HTTP, WEBSOCKET, (records, arn) -> null));

  @Test
  void servesADeployedStageUntilItIsDeleted() {
    String apiId = deployedApi();
    StageSnapshot served = snapshot.get().stage(apiId, "prod");

    plane.call("DeleteStage", input("{restApiId: %s, stageName: prod}".formatted(apiId)));

    assertThat(served).isNotNull();
    assertThat(served.routes().root().methods()).containsOnlyKeys("GET");
    assertThat(served.apiName()).isEqualTo("pets");
    assertThat(snapshot.get().stage(apiId, "prod")).isNull();
  }

  @Test
  void servesWhatIsDeployedNotWhatIsEdited() {
    String apiId = deployedApi();
    String root = root(apiId);

    plane.call(
        "DeleteMethod",
        input("{restApiId: %s, resourceId: %s, httpMethod: GET}".formatted(apiId, root)));

    StageSnapshot served = Objects.requireNonNull(snapshot.get().stage(apiId, "prod"));
    assertThat(served.routes().root().methods()).containsOnlyKeys("GET");
  }

  @Test
  void servesChangedVariablesWithoutADeployment() {
    String apiId = deployedApi();

    plane.call(
        "UpdateStage",
        input(
            """
            {restApiId: %s, stageName: prod,
             patchOperations: [{op: replace, path: /variables/color, value: blue}]}
            """
                .formatted(apiId)));

    StageSnapshot served = Objects.requireNonNull(snapshot.get().stage(apiId, "prod"));
    assertThat(served.variables()).containsEntry("color", "blue");
  }

  @Test
  void aStageShowsItsClientCertificateToBackendsWithTls() throws PemException {
    String apiId = deployedApi();
    for (String scheme : List.of("https", "http")) {
      plane.call(
          "PutIntegration",
          input(
              """
              {restApiId: %s, resourceId: %s, httpMethod: GET, type: HTTP_PROXY,
               integrationHttpMethod: GET, uri: "%s://pets.test/"}
              """
                  .formatted(apiId, root(apiId), scheme)));
      plane.call(
          "CreateDeployment", input("{restApiId: %s, stageName: %s}".formatted(apiId, scheme)));
    }
    ObjectNode certificate = plane.call("GenerateClientCertificate", Json.object());
    boolean before = origin(apiId, "https").identity() == null;

    for (String stage : List.of("https", "http")) {
      plane.call(
          "UpdateStage",
          input(
              """
              {restApiId: %s, stageName: %s, patchOperations:
               [{op: replace, path: /clientCertificateId, value: %s}]}
              """
                  .formatted(apiId, stage, certificate.get("clientCertificateId").asString())));
    }

    assertThat(before).isTrue();
    assertThat(Objects.requireNonNull(origin(apiId, "https").identity()).certificate())
        .isEqualTo(
            Pem.certificates(certificate.get("pemEncodedCertificate").asString()).getFirst());
    assertThat(origin(apiId, "http").identity()).isNull();
  }

  @Test
  void aStageOfAWebSocketApiShowsItsOwnToo() throws PemException {
    ObjectNode certificate = plane.call("GenerateClientCertificate", Json.object());
    String apiId =
        plane
            .callV2(
                "CreateApi",
                input(
                    "{name: chat, protocolType: WEBSOCKET,"
                        + " routeSelectionExpression: $request.body.action}"))
            .get("apiId")
            .asString();
    String integration =
        plane
            .callV2(
                "CreateIntegration",
                input(
                    """
                    {ApiId: %s, integrationType: HTTP_PROXY, integrationMethod: POST,
                     integrationUri: "https://chat.test/"}
                    """
                        .formatted(apiId)))
            .get("integrationId")
            .asString();
    plane.callV2(
        "CreateRoute",
        input(
            "{ApiId: %s, routeKey: $default, target: integrations/%s}"
                .formatted(apiId, integration)));
    plane.callV2(
        "CreateStage",
        input(
            "{ApiId: %s, stageName: prod, autoDeploy: true, clientCertificateId: %s}"
                .formatted(apiId, certificate.get("clientCertificateId").asString())));

    WebSocketStage served =
        (WebSocketStage) Objects.requireNonNull(snapshot.get().served(apiId, "prod"));
    WebSocketRoute route = Objects.requireNonNull(served.route("$default"));
    IntegrationSnapshot.Http backend =
        (IntegrationSnapshot.Http) Objects.requireNonNull(route.integration()).backend();
    assertThat(Objects.requireNonNull(backend.origin().identity()).certificate())
        .isEqualTo(
            Pem.certificates(certificate.get("pemEncodedCertificate").asString()).getFirst());
  }

  private Origin origin(String apiId, String stage) {
    StageSnapshot served = Objects.requireNonNull(snapshot.get().stage(apiId, stage));
    return ((IntegrationSnapshot.Http)
            Objects.requireNonNull(served.routes().root().methods().get("GET")).integration())
        .origin();
  }

  @Test
  void forgetsAnApiThatIsDeleted() {
    String apiId = deployedApi();

    plane.call("DeleteRestApi", input("{restApiId: %s}".formatted(apiId)));

    assertThat(snapshot.get().apis()).isEmpty();
  }

  @Test
  void servesEveryStageAfterAStart() {
    String one = deployedApi();
    String two = deployedApi();
    CurrentSnapshot fresh = new CurrentSnapshot();

    new SnapshotPublisher(fresh, compiler, HTTP, WEBSOCKET, (records, arn) -> null)
        .publishAll(plane.records);

    assertThat(fresh.get().apis()).containsOnlyKeys(one, two);
    assertThat(fresh.get()).isEqualTo(snapshot.get());
  }

  @Test
  void aKeyOpensAStageFromTheCallOnThatPutsItInAPlan() {
    String apiId = deployedApi();
    String key = key("{value: a-value-of-twenty-chars, enabled: true}");
    String plan = plan("{name: gold, apiStages: [{apiId: %s, stage: prod}]}".formatted(apiId));
    boolean before = opens(apiId);

    plane.call("CreateUsagePlanKey", keyOfPlan(key, plan));
    boolean within = opens(apiId);
    enable(key, "false");
    boolean disabled = opens(apiId);
    enable(key, "true");
    boolean enabled = opens(apiId);
    plane.call("DeleteUsagePlanKey", keyOfPlan(key, plan));

    assertThat(List.of(before, within, disabled, enabled, opens(apiId)))
        .containsExactly(false, true, false, true, false);
  }

  @Test
  void aKeyOpensNothingOnceItOrItsPlansStageIsDeleted() {
    String apiId = deployedApi();
    String key = key("{value: a-value-of-twenty-chars, enabled: true}");
    String plan = plan("{name: gold, apiStages: [{apiId: %s, stage: prod}]}".formatted(apiId));
    plane.call("CreateUsagePlanKey", keyOfPlan(key, plan));

    plane.call("DeleteStage", input("{restApiId: %s, stageName: prod}".formatted(apiId)));
    plane.call("CreateDeployment", input("{restApiId: %s, stageName: prod}".formatted(apiId)));
    boolean afterTheStage = opens(apiId);
    patchPlan(plan, "{op: add, path: /apiStages, value: '%s:prod'}".formatted(apiId));
    boolean again = opens(apiId);
    plane.call("DeleteApiKey", input("{apiKey: %s}".formatted(key)));

    assertThat(List.of(afterTheStage, again, opens(apiId))).containsExactly(false, true, false);
  }

  @Test
  void aChangeOfAPlanCompilesNoStageAgain() {
    String apiId = deployedApi();
    String plan = plan("{name: gold, apiStages: [{apiId: %s, stage: prod}]}".formatted(apiId));
    GatewaySnapshot before = snapshot.get();

    patchPlan(plan, "{op: replace, path: /throttle/rateLimit, value: '2'}");

    UsagePlanSnapshot published = usage().plans().get(plan);
    assertThat(published).isNotNull();
    assertThat(published.throttle()).isEqualTo(ThrottleLimit.of(2, 0));
    assertThat(snapshot.get().apis()).isSameAs(before.apis());
  }

  @Test
  void servesTheSameKeysAndPlansAfterAStart() {
    String apiId = deployedApi();
    String plan = plan("{name: gold, apiStages: [{apiId: %s, stage: prod}]}".formatted(apiId));
    plan("{name: without keys}");
    plane.call("CreateUsagePlanKey", keyOfPlan(key("{enabled: true}"), plan));
    plane.call("CreateUsagePlanKey", keyOfPlan(key("{enabled: false}"), plan));
    key("{name: in no plan, enabled: true}");
    CurrentSnapshot fresh = new CurrentSnapshot();

    new SnapshotPublisher(fresh, compiler, HTTP, WEBSOCKET, (records, arn) -> null)
        .publishAll(plane.records);

    assertThat(fresh.get()).isEqualTo(snapshot.get());
    assertThat(usage().keys().values()).hasSize(1);
    assertThat(usage().plans().values()).hasSize(2);
  }

  @Test
  void neitherRecordsNorSnapshotsNorRefusalsShowAKeysValue() {
    String value = "a-secret-of-twenty-chars";
    String plan = plan("{name: gold}");
    plane.call(
        "CreateUsagePlanKey", keyOfPlan(key("{value: %s, enabled: true}".formatted(value)), plan));

    String record =
        plane
            .records
            .read(records -> records.list(RecordTypes.API_KEY, TestControlPlane.CALLER.scope()))
            .toString();
    ServiceException refusal =
        catchThrowableOfType(ServiceException.class, () -> key("{value: %s}".formatted(value)));

    assertThat(usage().key(value)).isNotNull();
    assertThat(
            List.of(
                record,
                snapshot.get().toString(),
                String.valueOf(usage().key(value)),
                refusal.text()))
        .noneMatch(text -> text.contains("secret"));
  }

  private boolean opens(String apiId) {
    ApiKeySnapshot key = usage().key("a-value-of-twenty-chars");
    return key != null && usage().plan(key, apiId + "/prod") != null;
  }

  private UsageSnapshot usage() {
    return snapshot.get().usage(TestControlPlane.CALLER.scope());
  }

  private String key(String yaml) {
    return plane.call("CreateApiKey", input(yaml)).get("id").asString();
  }

  private String plan(String yaml) {
    return plane.call("CreateUsagePlan", input(yaml)).get("id").asString();
  }

  private static ObjectNode keyOfPlan(String key, String plan) {
    return input("{usagePlanId: %s, keyId: %s, keyType: API_KEY}".formatted(plan, key));
  }

  private void enable(String key, String value) {
    plane.call(
        "UpdateApiKey",
        input(
            "{apiKey: %s, patchOperations: [{op: replace, path: /enabled, value: '%s'}]}"
                .formatted(key, value)));
  }

  private void patchPlan(String plan, String operation) {
    plane.call(
        "UpdateUsagePlan",
        input("{usagePlanId: %s, patchOperations: [%s]}".formatted(plan, operation)));
  }

  @Test
  void aCloneValidatesByModelsOfItsOwn() {
    String apiId = apiThatValidates();

    String copy =
        plane
            .call("CreateRestApi", input("{name: copy, cloneFrom: %s}".formatted(apiId)))
            .get("id")
            .asString();
    plane.call("DeleteRestApi", input("{restApiId: %s}".formatted(apiId)));
    plane.call("CreateDeployment", input("{restApiId: %s, stageName: prod}".formatted(copy)));

    StageSnapshot served = Objects.requireNonNull(snapshot.get().stage(copy, "prod"));
    JsonSchema schema =
        Objects.requireNonNull(served.routes().root().methods().get("POST"))
            .validation()
            .models()
            .get("application/json");
    assertThat(schema).isNotNull();
    assertThat(schema.validate(Json.parse("{\"pet\":{\"name\":\"Rex\"}}"), Carrier.UNSHARED))
        .isEmpty();
    assertThat(schema.validate(Json.parse("{\"pet\":{}}"), Carrier.UNSHARED)).isNotEmpty();
  }

  private String apiThatValidates() {
    String document =
        """
        swagger: "2.0"
        info: {title: orders, version: 1}
        x-amazon-apigateway-request-validators: {body: {validateRequestBody: true}}
        x-amazon-apigateway-request-validator: body
        definitions:
          Pet: {type: object, required: [name]}
          Order: {type: object, properties: {pet: {$ref: "#/definitions/Pet"}}}
        paths:
          /:
            post:
              consumes: [application/json]
              parameters: [{in: body, name: Order, schema: {$ref: "#/definitions/Order"}}]
              responses: {200: {description: ok}}
              x-amazon-apigateway-integration: {type: mock, responses: {default: {statusCode: 200}}}
        """;
    ObjectNode input = Json.object();
    input.put("body", document.getBytes(StandardCharsets.UTF_8));
    return plane.call("ImportRestApi", input).get("id").asString();
  }

  private String deployedApi() {
    String apiId = plane.call("CreateRestApi", input("{name: pets}")).get("id").asString();
    String method = "restApiId: %s, resourceId: %s, httpMethod: GET".formatted(apiId, root(apiId));
    plane.call("PutMethod", input("{%s, authorizationType: NONE}".formatted(method)));
    plane.call(
        "PutIntegration",
        input(
            "{%s, type: HTTP_PROXY, integrationHttpMethod: GET, uri: 'http://a.test/'}"
                .formatted(method)));
    plane.call("CreateDeployment", input("{restApiId: %s, stageName: prod}".formatted(apiId)));
    return apiId;
  }

  private String root(String apiId) {
    return plane
        .call("GetRestApi", input("{restApiId: %s}".formatted(apiId)))
        .get("rootResourceId")
        .asString();
  }

  private static ObjectNode input(String yaml) {
    ObjectNode input = Json.object();
    input.setAll((ObjectNode) Yaml.parse(yaml));
    return input;
  }
}
