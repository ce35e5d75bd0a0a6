package io.portico.conformance;

import static io.portico.conformance.SmallApi.STAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.conformance.client.AwsClient;
import io.portico.conformance.client.AwsFailure;
import io.portico.conformance.client.EveryClient;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import io.portico.conformance.wire.Caller;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A definition comes in, is merged or overwritten, goes out again, and a bad one changes nothing.
 */
@Portico
final class ImportExportTest {

  /** One path with a MOCK that answers {@code answer}. */
  private static String definition(String title, String path, String answer) {
    return """
        openapi: 3.0.1
        info: {title: %s, version: "7"}
        paths:
          %s:
            get:
              responses: {"200": {description: ok}}
              x-amazon-apigateway-integration:
                type: mock
                requestTemplates: {application/json: '{"statusCode": 200}'}
                responses:
                  default:
                    statusCode: "200"
                    responseTemplates: {application/json: '%s'}
        """
        .formatted(title, path, answer);
  }

  @EveryClient
  void anImportedDefinitionAnswers(AwsClient client, Endpoint endpoint) {
    JsonNode imported =
        client.call("ImportRestApi", Map.of("body", definition("First", "/a", "[1]")));
    String api = imported.get("id").asString();
    deploy(client, api);

    assertThat(imported.path("name").asString()).isEqualTo("First");
    assertThat(imported.path("version").asString()).isEqualTo("7");
    assertThat(Caller.get(endpoint.pathForm(api, STAGE, "/a")).body()).isEqualTo("[1]");
  }

  @EveryClient
  void mergeAddsAndOverwriteReplaces(AwsClient client, Endpoint endpoint) {
    String api =
        client
            .call("ImportRestApi", Map.of("body", definition("First", "/a", "[1]")))
            .get("id")
            .asString();

    client.call(
        "PutRestApi",
        Map.of("restApiId", api, "mode", "merge", "body", definition("Second", "/b", "[2]")));
    deploy(client, api);
    String kept = Caller.get(endpoint.pathForm(api, STAGE, "/a")).body();
    String added = Caller.get(endpoint.pathForm(api, STAGE, "/b")).body();
    client.call(
        "PutRestApi",
        Map.of("restApiId", api, "mode", "overwrite", "body", definition("Third", "/b", "[3]")));
    deploy(client, api);

    assertThat(kept).isEqualTo("[1]");
    assertThat(added).isEqualTo("[2]");
    assertThat(Caller.get(endpoint.pathForm(api, STAGE, "/a")).statusCode()).isEqualTo(403);
    assertThat(Caller.get(endpoint.pathForm(api, STAGE, "/b")).body()).isEqualTo("[3]");
    assertThat(client.call("GetRestApi", Map.of("restApiId", api)).path("name").asString())
        .isEqualTo("Third");
  }

  @EveryClient
  void whatIsExportedCanBeImportedAgain(AwsClient client, Endpoint endpoint) {
    String api =
        client
            .call("ImportRestApi", Map.of("body", definition("First", "/a", "[1]")))
            .get("id")
            .asString();
    deploy(client, api);

    for (String type : new String[] {"oas30", "swagger"}) {
      JsonNode export =
          client.call(
              "GetExport",
              Map.of(
                  "restApiId", api,
                  "stageName", STAGE,
                  "exportType", type,
                  "parameters", Map.of("extensions", "apigateway"),
                  "accepts", "application/json"));
      String text = export.path("body").asString();
      JsonNode document = JsonMapper.shared().readTree(text);
      String again = client.call("ImportRestApi", Map.of("body", text)).get("id").asString();
      deploy(client, again);

      assertThat(document.at("/info/title").asString()).isEqualTo("First");
      assertThat(document.at("/paths/~1a/get/x-amazon-apigateway-integration/type").asString())
          .isEqualTo("mock");
      assertThat(Caller.get(endpoint.pathForm(again, STAGE, "/a")).body()).isEqualTo("[1]");
    }
  }

  @EveryClient
  void aBadDefinitionChangesNothing(AwsClient client, Endpoint endpoint) {
    String api =
        client
            .call("ImportRestApi", Map.of("body", definition("First", "/a", "[1]")))
            .get("id")
            .asString();
    JsonNode before = client.call("GetResources", Map.of("restApiId", api));
    String bad = definition("Second", "/b", "[2]").replace("type: mock", "type: teapot");

    AwsFailure failure =
        catchThrowableOfType(
            AwsFailure.class,
            () ->
                client.call(
                    "PutRestApi", Map.of("restApiId", api, "mode", "overwrite", "body", bad)));

    assertThat(failure.type()).isEqualTo("BadRequestException");
    assertThat(client.call("GetResources", Map.of("restApiId", api))).isEqualTo(before);
    assertThat(client.call("GetRestApi", Map.of("restApiId", api)).path("name").asString())
        .isEqualTo("First");
  }

  private static void deploy(AwsClient client, String api) {
    client.call("CreateDeployment", Map.of("restApiId", api, "stageName", STAGE));
  }
}
