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
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * Models, request validators and gateway responses: made, read, changed and deleted, and what they
 * make of a request.
 */
@Portico
final class ModelsTest {
  private static final String PET =
      "{\"type\": \"object\", \"required\": [\"name\"], \"properties\": {\"name\": {\"type\": \"string\"}}}";

  @EveryClient
  void aModelIsMadeReadChangedAndDeleted(AwsClient client, Endpoint endpoint) {
    SmallApi api = SmallApi.build(client, "127.0.0.1:9");
    String url = "https://apigateway.amazonaws.com/restapis/" + api.id() + "/models/Pet";
    String pets = "{\"type\": \"array\", \"items\": {\"$ref\": \"" + url + "\"}}";

    JsonNode made = model(api, "Pet", PET);
    JsonNode referring = model(api, "Pets", pets);
    JsonNode read = call(api, "GetModel", Map.of("modelName", "Pets"));
    JsonNode flat = call(api, "GetModel", Map.of("modelName", "Pets", "flatten", true));
    JsonNode listed = call(api, "GetModels", Map.of());
    JsonNode template = call(api, "GetModelTemplate", Map.of("modelName", "Pet"));
    AwsFailure inUse = failure(api, "DeleteModel", Map.of("modelName", "Pet"));
    JsonNode changed =
        api.patch(
            "UpdateModel",
            Map.of("modelName", "Pets"),
            List.of(
                SmallApi.replace("/description", "All of them"),
                SmallApi.replace("/schema", "{\"type\": \"array\"}")));
    call(api, "DeleteModel", Map.of("modelName", "Pet"));
    AwsFailure gone = failure(api, "GetModel", Map.of("modelName", "Pet"));

    assertThat(made.path("id").asString()).isNotEmpty();
    assertThat(made.path("schema").asString()).isEqualTo(PET);
    assertThat(made.path("contentType").asString()).isEqualTo("application/json");
    assertThat(made.has("description")).isFalse();
    assertThat(read).isEqualTo(referring);
    assertThat(flat.path("schema").asString())
        .contains("\"$ref\" : \"#/definitions/Pet\"")
        .doesNotContain(url);
    assertThat(names(listed)).containsExactly("Empty", "Error", "Pet", "Pets");
    assertThat(template.path("value").asString())
        .isEqualTo("#set($inputRoot = $input.path('$'))\n{\n  \"name\" : \"foo\"\n}");
    assertThat(inUse.text()).contains("Cannot delete model 'Pet', is referenced in model: Pets");
    assertThat(changed.path("description").asString()).isEqualTo("All of them");
    assertThat(changed.path("schema").asString()).isEqualTo("{\"type\": \"array\"}");
    assertThat(gone.text()).contains("Invalid model name specified: Pet");
  }

  @EveryClient
  void aValidatorRefusesWhatTheModelDoesNotAllow(AwsClient client, Endpoint endpoint) {
    SmallApi api = SmallApi.build(client, "127.0.0.1:9");
    model(api, "Pet", PET);
    String validator =
        call(api, "CreateRequestValidator", Map.of("name", "body", "validateRequestBody", true))
            .path("id")
            .asString();
    api.mock(
        api.root(),
        "POST",
        Map.of("application/json", "{\"statusCode\": 200}"),
        Map.of("application/json", "{\"taken\": true}"));
    Map<String, String> method = Map.of("resourceId", api.root(), "httpMethod", "POST");
    api.patch(
        "UpdateMethod",
        method,
        List.of(
            SmallApi.replace("/requestValidatorId", validator),
            Map.of("op", "add", "path", "/requestModels/application~1json", "value", "Pet")));
    api.deploy();

    HttpResponse<String> right = post(endpoint, api, "{\"name\": \"Rex\"}");
    HttpResponse<String> wrong = post(endpoint, api, "{\"name\": 7}");
    AwsFailure inUse =
        failure(api, "DeleteRequestValidator", Map.of("requestValidatorId", validator));
    JsonNode open =
        api.patch(
            "UpdateRequestValidator",
            Map.of("requestValidatorId", validator),
            List.of(SmallApi.replace("/validateRequestBody", "false")));
    JsonNode read = call(api, "GetRequestValidator", Map.of("requestValidatorId", validator));
    int beforeDeployment = post(endpoint, api, "{\"name\": 7}").statusCode();
    api.deploy();
    int afterDeployment = post(endpoint, api, "{\"name\": 7}").statusCode();
    // Not every client sends a patch without a value: deleting the method frees the validator.
    call(api, "DeleteMethod", method);
    call(api, "DeleteRequestValidator", Map.of("requestValidatorId", validator));
    AwsFailure gone = failure(api, "GetRequestValidator", Map.of("requestValidatorId", validator));
    JsonNode none = call(api, "GetRequestValidators", Map.of());

    assertThat(right.body()).isEqualTo("{\"taken\": true}");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body()).isEqualTo("{\"message\": \"Invalid request body\"}");
    assertThat(inUse.text()).contains("Cannot delete Request Validator '" + validator + "'");
    assertThat(open.path("name").asString()).isEqualTo("body");
    assertThat(read).isEqualTo(open);
    assertThat(open.path("validateRequestBody").asBoolean(true)).isFalse();
    assertThat(open.path("validateRequestParameters").asBoolean(true)).isFalse();
    assertThat(List.of(beforeDeployment, afterDeployment)).containsExactly(400, 200);
    assertThat(gone.text()).contains("Invalid Request Validator identifier specified");
    assertThat(none.path("items")).isEmpty();
  }

  @EveryClient
  void aGatewayResponseIsCustomisedAndSetBack(AwsClient client, Endpoint endpoint) {
    SmallApi api = SmallApi.build(client, "127.0.0.1:9");
    Map<String, String> unknownPath = Map.of("responseType", "MISSING_AUTHENTICATION_TOKEN");

    JsonNode byDefault = call(api, "GetGatewayResponse", unknownPath);
    Map<String, Object> put = new HashMap<>(unknownPath);
    put.put("statusCode", "404");
    put.put("responseParameters", Map.of("gatewayresponse.header.X-Where", "'nowhere'"));
    put.put("responseTemplates", Map.of("application/json", "{\"nothing\": \"here\"}"));
    JsonNode made = call(api, "PutGatewayResponse", put);
    api.deploy();
    HttpResponse<String> customised = Caller.get(endpoint.pathForm(api.id(), STAGE, "/none"));
    JsonNode listed = call(api, "GetGatewayResponses", Map.of());
    JsonNode changed =
        api.patch(
            "UpdateGatewayResponse", unknownPath, List.of(SmallApi.replace("/statusCode", "410")));
    api.deploy();
    int updated = Caller.get(endpoint.pathForm(api.id(), STAGE, "/none")).statusCode();
    call(api, "DeleteGatewayResponse", unknownPath);
    api.deploy();
    HttpResponse<String> setBack = Caller.get(endpoint.pathForm(api.id(), STAGE, "/none"));
    AwsFailure neverPut = failure(api, "DeleteGatewayResponse", unknownPath);

    assertThat(byDefault.path("defaultResponse").asBoolean(false)).isTrue();
    assertThat(byDefault.path("statusCode").asString()).isEqualTo("403");
    assertThat(byDefault.path("responseTemplates").path("application/json").asString())
        .isEqualTo("{\"message\":$context.error.messageString}");
    assertThat(made.path("defaultResponse").asBoolean(true)).isFalse();
    assertThat(customised.statusCode()).isEqualTo(404);
    assertThat(customised.body()).isEqualTo("{\"nothing\": \"here\"}");
    assertThat(customised.headers().firstValue("X-Where")).hasValue("nowhere");
    assertThat(listed.path("items")).hasSize(21);
    assertThat(
            listed
                .path("items")
                .valueStream()
                .filter(each -> !each.path("defaultResponse").asBoolean(true))
                .map(each -> each.path("responseType").asString()))
        .containsExactly("MISSING_AUTHENTICATION_TOKEN");
    assertThat(changed.path("statusCode").asString()).isEqualTo("410");
    assertThat(updated).isEqualTo(410);
    assertThat(setBack.statusCode()).isEqualTo(403);
    assertThat(setBack.body()).isEqualTo("{\"message\":\"Missing Authentication Token\"}");
    assertThat(neverPut.text()).contains("Gateway response type not defined on api");
  }

  private static JsonNode model(SmallApi api, String name, String schema) {
    return call(
        api,
        "CreateModel",
        Map.of("name", name, "contentType", "application/json", "schema", schema));
  }

  private static JsonNode call(SmallApi api, String operation, Map<String, ?> members) {
    Map<String, Object> input = new HashMap<>(members);
    input.put("restApiId", api.id());
    return api.client().call(operation, input);
  }

  private static AwsFailure failure(SmallApi api, String operation, Map<String, ?> members) {
    return Objects.requireNonNull(
        catchThrowableOfType(AwsFailure.class, () -> call(api, operation, members)));
  }

  private static List<String> names(JsonNode models) {
    return models.path("items").valueStream().map(each -> each.path("name").asString()).toList();
  }

  private static HttpResponse<String> post(Endpoint endpoint, SmallApi api, String body) {
    return Caller.post(endpoint.pathForm(api.id(), STAGE, "/"), "application/json", body);
  }
}
