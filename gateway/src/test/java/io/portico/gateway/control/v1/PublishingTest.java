package io.portico.gateway.control.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.compile.SnapshotCompiler;
import io.portico.gateway.compute.Carrier;
import io.portico.gateway.control.SnapshotPublisher;
import io.portico.gateway.json.Json;
import io.portico.gateway.json.Yaml;
import io.portico.gateway.jsonschema.JsonSchema;
import io.portico.gateway.snapshot.CurrentSnapshot;
import io.portico.gateway.snapshot.StageSnapshot;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** From a call of the control plane to what the data plane serves. */
final class PublishingTest {
  private final CurrentSnapshot snapshot = new CurrentSnapshot();
  private final SnapshotCompiler compiler = new SnapshotCompiler(SnapshotCompiler.PAYLOAD_LIMIT);
  private final TestControlPlane plane =
      new TestControlPlane(new SnapshotPublisher(snapshot, compiler));

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

    new SnapshotPublisher(fresh, compiler).publishAll(plane.records);

    assertThat(fresh.get().apis()).containsOnlyKeys(one, two);
    assertThat(fresh.get()).isEqualTo(snapshot.get());
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
