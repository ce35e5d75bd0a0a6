package io.portico.conformance;

import static io.portico.conformance.SmallApi.STAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.conformance.client.AwsClient;
import io.portico.conformance.client.AwsFailure;
import io.portico.conformance.client.EveryClient;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An API is documented, its documentation is published with a stage, exported and imported. */
@Portico
final class DocumentationTest {
  private static final Map<String, String> GET_PET =
      Map.of("type", "METHOD", "path", "/pets/{petId}", "method", "GET");

  @EveryClient
  void partsAreMadeListedChangedAndTakenAway(AwsClient client, Endpoint endpoint) {
    SmallApi api = SmallApi.build(client, "127.0.0.1:9");
    JsonNode method = document(api, GET_PET, "{\"summary\": \"One pet\"}");
    JsonNode about = document(api, Map.of("type", "API"), "{\"info\": {\"description\": \"a\"}}");
    String id = method.get("id").asString();

    AwsFailure again =
        catchThrowableOfType(AwsFailure.class, () -> document(api, Map.of("type", "API"), "{}"));
    JsonNode read = call(api, "GetDocumentationPart", Map.of("documentationPartId", id));
    JsonNode changed =
        api.patch(
            "UpdateDocumentationPart",
            Map.of("documentationPartId", id),
            List.of(SmallApi.replace("/properties", "{\"summary\": \"A pet\"}")));
    JsonNode ofMethods = call(api, "GetDocumentationParts", Map.of("type", "METHOD"));
    JsonNode atPath = call(api, "GetDocumentationParts", Map.of("path", "/pets/{petId}"));
    JsonNode undocumented =
        call(
            api,
            "GetDocumentationParts",
            Map.of("locationStatus", "UNDOCUMENTED", "type", "RESPONSE"));
    call(api, "DeleteDocumentationPart", Map.of("documentationPartId", id));
    JsonNode left = call(api, "GetDocumentationParts", Map.of());
    AwsFailure gone =
        catchThrowableOfType(
            AwsFailure.class,
            () -> call(api, "GetDocumentationPart", Map.of("documentationPartId", id)));

    assertThat(read).isEqualTo(method);
    assertThat(read.at("/location/path").asString()).isEqualTo("/pets/{petId}");
    assertThat(read.get("location").has("name")).isFalse();
    assertThat(changed.get("properties").asString()).isEqualTo("{\"summary\": \"A pet\"}");
    assertThat(ofMethods.get("items")).hasSize(1);
    assertThat(atPath.get("items")).isEqualTo(ofMethods.get("items"));
    assertThat(undocumented.at("/items/0/location/statusCode").asString()).isEqualTo("200");
    assertThat(left.get("items").valueStream()).containsExactly(about);
    assertThat(again.type()).isEqualTo("ConflictException");
    assertThat(again.text())
        .isEqualTo("Documentation part already exists for the specified location: type 'API'.");
    assertThat(gone.text()).isEqualTo("Invalid Documentation part identifier specified");
  }

  @EveryClient
  void aStagePublishesAVersionThatStaysAsItWas(AwsClient client, Endpoint endpoint) {
    SmallApi api = SmallApi.build(client, "127.0.0.1:9").deploy();
    JsonNode part = document(api, GET_PET, "{\"summary\": \"One pet\", \"x-note\": \"n\"}");

    JsonNode version =
        call(
            api,
            "CreateDocumentationVersion",
            Map.of("documentationVersion", "1.0", "stageName", STAGE, "description", "First"));
    api.patch(
        "UpdateDocumentationPart",
        Map.of("documentationPartId", part.get("id").asString()),
        List.of(SmallApi.replace("/properties", "{\"summary\": \"Changed\"}")));
    JsonNode first = export(api, Map.of());
    JsonNode bare = export(api, Map.of("extensions", "integrations"));
    call(api, "CreateDocumentationVersion", Map.of("documentationVersion", "2.0"));
    api.patch(
        "UpdateStage",
        Map.of("stageName", STAGE),
        List.of(SmallApi.replace("/documentationVersion", "2.0")));
    JsonNode second = export(api, Map.of("extensions", "documentation,integrations"));
    JsonNode renamed =
        api.patch(
            "UpdateDocumentationVersion",
            Map.of("documentationVersion", "1.0"),
            List.of(SmallApi.replace("/description", "Old")));
    JsonNode read = call(api, "GetDocumentationVersion", Map.of("documentationVersion", "1.0"));
    JsonNode both = call(api, "GetDocumentationVersions", Map.of());
    call(api, "DeleteDocumentationVersion", Map.of("documentationVersion", "1.0"));
    AwsFailure gone =
        catchThrowableOfType(
            AwsFailure.class,
            () -> call(api, "GetDocumentationVersion", Map.of("documentationVersion", "1.0")));

    String get = "/paths/~1pets~1{petId}/get";
    assertThat(version.get("version").asString()).isEqualTo("1.0");
    assertThat(version.get("description").asString()).isEqualTo("First");
    assertThat(first.at(get + "/summary").asString()).isEqualTo("One pet");
    assertThat(first.at(get + "/x-note").asString()).isEqualTo("n");
    assertThat(first.at("/x-amazon-apigateway-documentation/version").asString()).isEqualTo("1.0");
    assertThat(first.at("/x-amazon-apigateway-documentation/documentationParts")).hasSize(1);
    assertThat(bare.has("x-amazon-apigateway-documentation")).isFalse();
    assertThat(bare.at(get).has("summary")).isFalse();
    assertThat(second.at(get + "/summary").asString()).isEqualTo("Changed");
    assertThat(second.at(get).has("x-amazon-apigateway-integration")).isTrue();
    assertThat(renamed.get("description").asString()).isEqualTo("Old");
    assertThat(read).isEqualTo(renamed);
    assertThat(both.get("items").valueStream().map(each -> each.get("version").asString()))
        .containsExactly("1.0", "2.0");
    assertThat(gone.text()).isEqualTo("Invalid Documentation version specified");
  }

  @EveryClient
  void documentationIsMergedOrOverwritten(AwsClient client, Endpoint endpoint) {
    SmallApi api = SmallApi.build(client, "127.0.0.1:9");
    document(api, GET_PET, "{\"summary\": \"One pet\"}");

    JsonNode merged = imported(api, "merge", false);
    JsonNode parts = call(api, "GetDocumentationParts", Map.of());
    AwsFailure refused =
        catchThrowableOfType(AwsFailure.class, () -> imported(api, "overwrite", true));
    imported(api, "overwrite", false);
    JsonNode replaced = call(api, "GetDocumentationParts", Map.of());
    AwsFailure nothing =
        catchThrowableOfType(
            AwsFailure.class, () -> call(api, "ImportDocumentationParts", Map.of("body", "{")));

    assertThat(merged.get("ids")).hasSize(1);
    assertThat(merged.at("/warnings/0").asString()).contains("there is no type 'PAGE'");
    assertThat(parts.get("items")).hasSize(2);
    assertThat(refused.text()).startsWith("Warnings found during import:\n\tUnable to create");
    assertThat(replaced.get("items")).hasSize(1);
    assertThat(replaced.at("/items/0/id")).isEqualTo(merged.at("/ids/0"));
    assertThat(replaced.at("/items/0/properties").asString()).isEqualTo("{\"tags\":[\"pets\"]}");
    assertThat(nothing.text()).isEqualTo("Unable to build importer with provided input.");
  }

  private static JsonNode imported(SmallApi api, String mode, boolean failOnWarnings) {
    String document =
        """
        {"openapi": "3.0.1", "info": {"title": "documentation"},
         "x-amazon-apigateway-documentation": {"documentationParts": [
           {"location": {"type": "API"}, "properties": {"tags": ["pets"]}},
           {"location": {"type": "PAGE"}, "properties": {}}]}}
        """;
    return call(
        api,
        "ImportDocumentationParts",
        Map.of("mode", mode, "failOnWarnings", failOnWarnings, "body", document));
  }

  private static JsonNode document(SmallApi api, Map<String, String> location, String properties) {
    return call(
        api, "CreateDocumentationPart", Map.of("location", location, "properties", properties));
  }

  private static JsonNode export(SmallApi api, Map<String, String> parameters) {
    JsonNode export =
        call(
            api,
            "GetExport",
            Map.of(
                "stageName",
                STAGE,
                "exportType",
                "swagger",
                "accepts",
                "application/json",
                "parameters",
                parameters));
    return JsonMapper.shared().readTree(export.get("body").asString());
  }

  private static JsonNode call(SmallApi api, String operation, Map<String, ?> members) {
    Map<String, Object> input = new HashMap<>(members);
    input.put("restApiId", api.id());
    return api.client().call(operation, input);
  }
}
