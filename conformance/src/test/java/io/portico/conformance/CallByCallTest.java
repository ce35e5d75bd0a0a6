package io.portico.conformance;

import static io.portico.conformance.SmallApi.STAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.conformance.client.AwsClient;
import io.portico.conformance.client.AwsFailure;
import io.portico.conformance.client.EveryClient;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import io.portico.conformance.wire.Backend;
import io.portico.conformance.wire.Backend.Answer;
import io.portico.conformance.wire.Caller;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * An API is built call by call, answers on both forms of its URL, is changed, deployed again and
 * deleted.
 */
@Portico
final class CallByCallTest {

  @EveryClient
  void anApiAnswersOnBothFormsOfItsUrl(AwsClient client, Endpoint endpoint) {
    try (Backend backend =
        Backend.answering(request -> Answer.ok("{\"path\": \"" + request.uri() + "\"}"))) {
      SmallApi api = SmallApi.build(client, backend.address()).deploy();

      HttpResponse<String> byPath = Caller.get(endpoint.pathForm(api.id(), STAGE, "/pets/7"));
      HttpResponse<String> byHost =
          Caller.get(
              endpoint.uri().resolve("/" + STAGE + "/backend/a/b?c=d"), endpoint.host(api.id()));

      assertThat(byPath.statusCode()).isEqualTo(200);
      assertThat(byPath.body()).isEqualTo("{\"pet\": \"7\"}");
      assertThat(byHost.statusCode()).isEqualTo(200);
      assertThat(byHost.body()).isEqualTo("{\"path\": \"/a/b?c=d\"}");
      assertThat(backend.taken().header("X-amzn-apigateway-api-id")).isEqualTo(api.id());
    }
  }

  @EveryClient
  void whatWasPutIsReadBack(AwsClient client, Endpoint endpoint) {
    SmallApi api = SmallApi.build(client, "127.0.0.1:9");

    JsonNode read = client.call("GetRestApi", Map.of("restApiId", api.id()));
    JsonNode method =
        client.call(
            "GetMethod",
            Map.of("restApiId", api.id(), "resourceId", api.pet(), "httpMethod", "GET"));
    JsonNode integration =
        client.call(
            "GetIntegration",
            Map.of("restApiId", api.id(), "resourceId", api.proxy(), "httpMethod", "ANY"));
    JsonNode resources = client.call("GetResources", Map.of("restApiId", api.id()));

    assertThat(read.path("name").asString()).isEqualTo("small");
    assertThat(read.path("description").asString()).isEqualTo("call by call");
    assertThat(read.path("apiKeySource").asString()).isEqualTo("HEADER");
    assertThat(read.at("/endpointConfiguration/types/0").asString()).isEqualTo("EDGE");
    assertThat(read.path("createdDate").isMissingNode()).isFalse();
    assertThat(method.path("authorizationType").asString()).isEqualTo("NONE");
    assertThat(method.at("/methodResponses/200/statusCode").asString()).isEqualTo("200");
    assertThat(method.at("/methodIntegration/type").asString()).isEqualTo("MOCK");
    assertThat(
            method
                .at("/methodIntegration/integrationResponses/200/responseTemplates")
                .path("application/json")
                .asString())
        .isEqualTo("{\"pet\": \"$input.params('petId')\"}");
    assertThat(integration.path("uri").asString()).isEqualTo("http://127.0.0.1:9/{proxy}");
    assertThat(integration.path("timeoutInMillis").asInt()).isEqualTo(29_000);
    assertThat(resources.path("items").valueStream().map(item -> item.path("path").asString()))
        .containsExactlyInAnyOrder("/", "/pets", "/pets/{petId}", "/backend", "/backend/{proxy+}");
  }

  @EveryClient
  void aChangeShowsAfterTheNextDeployment(AwsClient client, Endpoint endpoint) {
    SmallApi api = SmallApi.build(client, "127.0.0.1:9").deploy();
    Map<String, String> response =
        Map.of("resourceId", api.pet(), "httpMethod", "GET", "statusCode", "200");

    JsonNode patched =
        api.patch(
            "UpdateIntegrationResponse",
            response,
            List.of(
                SmallApi.replace("/responseTemplates/application~1json", "{\"changed\": true}")));
    String before = Caller.get(endpoint.pathForm(api.id(), STAGE, "/pets/7")).body();
    api.deploy();
    String after = Caller.get(endpoint.pathForm(api.id(), STAGE, "/pets/7")).body();

    assertThat(patched.path("responseTemplates").path("application/json").asString())
        .isEqualTo("{\"changed\": true}");
    assertThat(before).isEqualTo("{\"pet\": \"7\"}");
    assertThat(after).isEqualTo("{\"changed\": true}");
  }

  @EveryClient
  void aStageIsMovedBackToAnOlderDeployment(AwsClient client, Endpoint endpoint) {
    SmallApi api = SmallApi.build(client, "127.0.0.1:9").deploy();
    String first = stage(api).path("deploymentId").asString();
    api.mock(
        api.root(),
        "GET",
        Map.of("application/json", "{\"statusCode\": 200}"),
        Map.of("application/json", "{\"root\": \"$stageVariables.colour\"}"));
    api.deploy();
    api.patch(
        "UpdateStage",
        Map.of("stageName", STAGE),
        List.of(SmallApi.replace("/variables/colour", "blue")));
    String newer = Caller.get(endpoint.pathForm(api.id(), STAGE, "/")).body();

    api.patch(
        "UpdateStage",
        Map.of("stageName", STAGE),
        List.of(SmallApi.replace("/deploymentId", first)));
    HttpResponse<String> older = Caller.get(endpoint.pathForm(api.id(), STAGE, "/"));

    assertThat(newer).isEqualTo("{\"root\": \"blue\"}");
    assertThat(older.statusCode()).isEqualTo(403);
    assertThat(older.body()).isEqualTo("{\"message\":\"Missing Authentication Token\"}");
    assertThat(stage(api).at("/variables/colour").asString()).isEqualTo("blue");
  }

  @EveryClient
  void aDeletedApiIsGoneFromBothPlanes(AwsClient client, Endpoint endpoint) {
    SmallApi api = SmallApi.build(client, "127.0.0.1:9").deploy();

    client.call("DeleteRestApi", Map.of("restApiId", api.id()));

    AwsFailure gone =
        catchThrowableOfType(
            AwsFailure.class, () -> client.call("GetRestApi", Map.of("restApiId", api.id())));
    assertThat(gone.code()).isEqualTo("NotFoundException");
    assertThat(Caller.get(endpoint.pathForm(api.id(), STAGE, "/pets/7")).statusCode())
        .isEqualTo(403);
  }

  private static JsonNode stage(SmallApi api) {
    return api.client().call("GetStage", Map.of("restApiId", api.id(), "stageName", STAGE));
  }
}
