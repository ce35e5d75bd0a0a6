package io.portico.gateway.control.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.V2RecordTypes;
import io.portico.gateway.json.Json;
import io.portico.gateway.json.Yaml;
import io.portico.gateway.store.RecordCodec;
import io.portico.gateway.store.RecordType;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/**
 * Integrations and routes that were stored before there was a rule against what they say: it holds
 * up no change of something else.
 */
final class KeptIntegrationsTest {
  private static final String FUNCTION =
      "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/f/invocations";
  private static final String STREAMING =
      "arn:aws:apigateway:eu-west-1:lambda:path/2021-11-15/functions/f"
          + "/response-streaming-invocations";
  private static final String NO_ARN = "Invalid ARN specified in the request";

  private final TestControlPlane plane = new TestControlPlane();

  @Test
  void anIntegrationKeepsItsCredentials() {
    ObjectNode method = methodWithFunction();
    keepIntegration(method, "{credentials: my-role}");

    ObjectNode changed = change(method, "/timeoutInMillis", "5000");

    assertThat(changed.path("timeoutInMillis").asInt()).isEqualTo(5000);
    assertThat(changed.path("credentials").asString()).isEqualTo("my-role");
    ObjectNode again = method.deepCopy().put("type", "AWS_PROXY").put("uri", FUNCTION);
    again.put("integrationHttpMethod", "POST").put("credentials", "my-role");
    assertThatThrownBy(() -> plane.call("PutIntegration", again)).hasMessage(NO_ARN);
  }

  @Test
  void anIntegrationKeepsHowItsFunctionIsInvoked() {
    ObjectNode method = methodWithFunction();
    keepIntegration(method, "{responseTransferMode: STREAM}");

    ObjectNode changed = change(method, "/timeoutInMillis", "5000");

    assertThat(changed.path("responseTransferMode").asString()).isEqualTo("STREAM");
    assertThatThrownBy(() -> change(method, "/uri", FUNCTION.replace("/f/", "/g/")))
        .hasMessageStartingWith("Invalid ResponseTransferMode.");
    assertThat(change(method, "/uri", STREAMING).path("uri").asString()).isEqualTo(STREAMING);
    assertThatThrownBy(() -> change(method, "/responseTransferMode", "BUFFERED"))
        .hasMessageStartingWith("Invalid ResponseTransferMode.");
  }

  @Test
  void anIntegrationKeepsALinkOfVersion2WithoutATarget() {
    ObjectNode method = methodWithFunction();
    keepIntegration(
        method,
        "{type: HTTP_PROXY, uri: 'http://a.test', connectionType: VPC_LINK, connectionId: %s}"
            .formatted(newLink()));

    ObjectNode changed = change(method, "/timeoutInMillis", "5000");

    assertThat(changed.path("connectionType").asString()).isEqualTo("VPC_LINK");
    assertThatThrownBy(() -> change(method, "/connectionId", newLink()))
        .hasMessage("IntegrationTarget is required for VpcLinkV2");
  }

  @Test
  void anIntegrationOfAWebSocketApiKeepsItsCredentialsAndItsLink() {
    ObjectNode integration = newWebSocketApi();
    String apiId = integration.path("ApiId").asString();
    String id =
        plane
            .callV2(
                "CreateIntegration",
                integration
                    .deepCopy()
                    .put("integrationType", "HTTP_PROXY")
                    .put("integrationMethod", "POST")
                    .put("integrationUri", "http://a.test"))
            .path("integrationId")
            .asString();
    integration.put("IntegrationId", id);
    String link = newLink();
    keep(
        V2RecordTypes.INTEGRATION,
        apiId,
        id,
        "{credentialsArn: my-role, connectionType: VPC_LINK, connectionId: %s}".formatted(link));

    ObjectNode changed = update("UpdateIntegration", integration, "description", "pets");

    assertThat(changed.path("credentialsArn").asString()).isEqualTo("my-role");
    assertThat(changed.path("connectionId").asString()).isEqualTo(link);
    assertThatThrownBy(() -> update("UpdateIntegration", integration, "credentialsArn", "other"))
        .hasMessage(NO_ARN);
    assertThatThrownBy(() -> update("UpdateIntegration", integration, "connectionId", newLink()))
        .hasMessage("VpcLinkV2 is not supported for WebSocket APIs");
  }

  @Test
  void aRouteKeepsItsResponseSelection() {
    ObjectNode route = newWebSocketApi();
    String apiId = route.path("ApiId").asString();
    String id =
        plane
            .callV2("CreateRoute", route.deepCopy().put("routeKey", "pets"))
            .path("routeId")
            .asString();
    route.put("RouteId", id);
    keep(V2RecordTypes.ROUTE, apiId, id, "{routeResponseSelectionExpression: $kept}");

    ObjectNode changed = update("UpdateRoute", route, "operationName", "list");

    assertThat(changed.path("routeResponseSelectionExpression").asString()).isEqualTo("$kept");
    assertThatThrownBy(
            () -> update("UpdateRoute", route, "routeResponseSelectionExpression", "$other"))
        .hasMessageStartingWith("Currently, only $default is supported");
  }

  /** What names a method of a new API that calls a function. */
  private ObjectNode methodWithFunction() {
    ObjectNode api = plane.call("CreateRestApi", yaml("{name: pets}"));
    ObjectNode method = yaml("{httpMethod: GET}");
    method.put("restApiId", api.path("id").asString());
    method.put("resourceId", api.path("rootResourceId").asString());
    plane.call("PutMethod", method.deepCopy().put("authorizationType", "NONE"));
    plane.call(
        "PutIntegration",
        method
            .deepCopy()
            .put("type", "AWS_PROXY")
            .put("integrationHttpMethod", "POST")
            .put("uri", FUNCTION));
    return method;
  }

  /** What names a new API. */
  private ObjectNode newWebSocketApi() {
    ObjectNode api = yaml("{name: pets, protocolType: WEBSOCKET}");
    api.put("routeSelectionExpression", "$request.body.action");
    return Json.object().put("ApiId", plane.callV2("CreateApi", api).path("apiId").asString());
  }

  private String newLink() {
    return plane
        .callV2("CreateVpcLink", yaml("{name: a, subnetIds: [subnet-a]}"))
        .path("vpcLinkId")
        .asString();
  }

  private void keepIntegration(ObjectNode method, String members) {
    keep(
        RecordTypes.RESOURCE,
        method.path("restApiId").asString(),
        method.path("resourceId").asString(),
        "{methods: {GET: {methodIntegration: %s}}}".formatted(members));
  }

  /** Puts members into what is stored, unseen by any rule. */
  private <R> void keep(RecordType<R> type, String parent, String id, String members) {
    plane.records.write(
        records -> {
          ObjectNode tree = RecordCodec.tree(records.find(type, parent, id).orElseThrow());
          put(yaml(members), tree);
          R kept = RecordCodec.record(tree, type.type());
          records.put(type, parent, id, kept);
          return kept;
        });
  }

  private static void put(ObjectNode members, ObjectNode tree) {
    members
        .properties()
        .forEach(
            member -> {
              if (member.getValue() instanceof ObjectNode below) {
                put(below, (ObjectNode) tree.get(member.getKey()));
              } else {
                tree.set(member.getKey(), member.getValue());
              }
            });
  }

  private ObjectNode change(ObjectNode method, String path, String value) {
    return plane.call("UpdateIntegration", TriedApi.replacing(method.deepCopy(), path, value));
  }

  private ObjectNode update(String operation, ObjectNode named, String member, String value) {
    return plane.callV2(operation, named.deepCopy().put(member, value));
  }

  private static ObjectNode yaml(String text) {
    return (ObjectNode) Yaml.parse(text);
  }
}
