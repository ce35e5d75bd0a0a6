package io.portico.gateway.control.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Imports and exports as operations: what is stored, what is replied, what a refusal leaves. */
class ImportsTest {
  private static final String DOCUMENT =
      """
      swagger: "2.0"
      info: {title: Pets, version: 1}
      basePath: /v1
      x-amazon-apigateway-policy:
        {Version: "2012-10-17", Statement: [{Effect: Allow, Principal: "*", Action: "execute-api:Invoke", Resource: "execute-api:/*"}]}
      paths:
        /pets:
          get:
            operationId: listPets
            responses: {200: {description: ok}}
            x-amazon-apigateway-integration: {type: mock, responses: {default: {statusCode: 200}}}
      """;
  private static final String BAD =
      """
      swagger: "2.0"
      info: {title: Worse, version: 2}
      paths:
        /new: {get: {responses: {}}}
        /bad part: {}
      """;

  private final TestControlPlane plane = new TestControlPlane();

  @Test
  void anImportedApiIsThereForEveryOtherOperation() {
    ObjectNode options = body(DOCUMENT);
    options.putObject("parameters").put("basepath", "prepend");

    ObjectNode api = plane.call("ImportRestApi", options);

    assertThat(api.get("name").stringValue()).isEqualTo("Pets");
    assertThat(api.get("version").stringValue()).isEqualTo("1");
    assertThat(api.has("tags")).isFalse();
    assertThat(api.has("warnings")).isFalse();
    assertThat(api.get("policy").stringValue())
        .contains("arn:aws:execute-api:eu-west-1:111122223333:" + id(api));
    assertThat(paths(id(api))).containsExactly("/", "/v1", "/v1/pets");
    ObjectNode method =
        plane.call(
            "GetMethod",
            of(id(api)).put("resourceId", resource(id(api), "/v1/pets")).put("httpMethod", "GET"));
    assertThat(method.get("operationName").stringValue()).isEqualTo("listPets");
    assertThat(plane.call("GetRestApi", of(id(api))).get("name")).isEqualTo(api.get("name"));
  }

  @Test
  void aRefusedImportLeavesNothing() {
    ServiceException refused =
        catchThrowableOfType(ServiceException.class, () -> plane.call("ImportRestApi", body(BAD)));

    assertThat(refused.code()).isEqualTo("BadRequestException");
    assertThat(refused.text())
        .startsWith("Errors found during import:\n\tUnable to create resource at path '/bad part'");
    assertThat(plane.call("GetRestApis", Json.object()).get("item")).isEmpty();
  }

  @Test
  void aRefusedPutChangesNothing() {
    String id = id(plane.call("ImportRestApi", body(DOCUMENT)));
    ObjectNode before = plane.call("GetRestApi", of(id));

    for (String mode : List.of("merge", "overwrite")) {
      ServiceException refused =
          catchThrowableOfType(
              ServiceException.class, () -> plane.call("PutRestApi", put(id, mode, BAD)));

      assertThat(refused.status()).isEqualTo(400);
      assertThat(plane.call("GetRestApi", of(id))).isEqualTo(before);
      assertThat(paths(id)).containsExactly("/", "/pets");
    }
  }

  @Test
  void aDocumentIsReadBeforeTheStoreIsLocked() {
    String id = id(plane.call("ImportRestApi", body(DOCUMENT)));
    int before = plane.store.writes();

    for (ObjectNode put : List.of(put(id, "merge", "{"), put(id, "overwrite", "{"))) {
      assertThat(refusal("PutRestApi", put).text()).startsWith("Invalid OpenAPI input. ");
    }
    assertThat(refusal("ImportRestApi", body("{")).text()).startsWith("Invalid OpenAPI input. ");

    assertThat(plane.store.writes()).isEqualTo(before);
  }

  @Test
  void anUnknownApiIsReportedBeforeABadDocument() {
    ServiceException refused = refusal("PutRestApi", put("missing", "merge", "{"));

    assertThat(refused.code()).isEqualTo("NotFoundException");
    assertThat(refused.text()).isEqualTo("Invalid API identifier specified 111122223333:missing");
  }

  @Test
  void variablesOfADocumentAreTheCallersAccountAndRegion() {
    String document =
        "{\"swagger\": \"2.0\", \"info\": {\"title\": \"${AWS::AccountId} ${AWS::Region}\"}}";

    ObjectNode api = plane.call("ImportRestApi", body(document));

    assertThat(api.get("name").stringValue()).isEqualTo("111122223333 eu-west-1");
    assertThat(plane.call("PutRestApi", put(id(api), "merge", document)).get("name"))
        .isEqualTo(api.get("name"));
  }

  @Test
  void aPutRepliesTagsAndWarnings() {
    String id = id(plane.call("ImportRestApi", body(DOCUMENT)));

    ObjectNode reply =
        plane.call(
            "PutRestApi",
            put(
                id,
                "merge",
                "{\"swagger\": \"2.0\", \"info\": {\"title\": \"t\"},"
                    + " \"paths\": {\"/x\": {\"get\": {}}}}"));

    assertThat(reply.get("tags")).isEmpty();
    assertThat(Json.text(reply.get("warnings")))
        .isEqualTo("[\"No responses specified for 'GET /x'\"]");
    assertThat(paths(id)).containsExactly("/", "/pets", "/x");
  }

  @Test
  void aLongVersionIsCutShortInTheNameOfAnExportedFile() {
    String document = DOCUMENT.replace("version: 1}", "version: " + "v".repeat(100_000) + "}");
    String id = id(plane.call("ImportRestApi", body(document)));
    plane.call("CreateDeployment", of(id).put("stageName", "prod"));

    ObjectNode export =
        plane.call("GetExport", of(id).put("stageName", "prod").put("exportType", "swagger"));

    assertThat(export.get("contentDisposition").stringValue())
        .isEqualTo("attachment; filename=\"swagger_" + "v".repeat(200) + ".json\"");
  }

  @Test
  void aDeployedApiIsExportedAsItWasDeployed() {
    String id = id(plane.call("ImportRestApi", body(DOCUMENT)));
    plane.call("CreateDeployment", of(id).put("stageName", "prod"));
    plane.call(
        "PutRestApi", put(id, "overwrite", "{\"swagger\": \"2.0\", \"info\": {\"title\": \"t\"}}"));

    ObjectNode export =
        plane.call("GetExport", of(id).put("stageName", "prod").put("exportType", "swagger"));

    assertThat(export.get("contentDisposition").stringValue())
        .isEqualTo("attachment; filename=\"swagger_1.json\"");
    JsonNode document =
        Json.parse(new String(export.get("body").binaryValue(), StandardCharsets.UTF_8));
    assertThat(document.at("/info/title").stringValue()).isEqualTo("Pets");
    assertThat(document.at("/basePath").stringValue()).isEqualTo("/prod");
    assertThat(document.at("/paths/~1pets/get/operationId").stringValue()).isEqualTo("listPets");
  }

  private ServiceException refusal(String operation, ObjectNode input) {
    return catchThrowableOfType(ServiceException.class, () -> plane.call(operation, input));
  }

  private List<String> paths(String api) {
    List<String> paths = new ArrayList<>();
    for (JsonNode resource : plane.call("GetResources", of(api)).get("item")) {
      paths.add(resource.get("path").stringValue());
    }
    return paths;
  }

  private String resource(String api, String path) {
    for (JsonNode resource : plane.call("GetResources", of(api)).get("item")) {
      if (resource.get("path").stringValue().equals(path)) {
        return resource.get("id").stringValue();
      }
    }
    throw new AssertionError("no resource at " + path);
  }

  private static String id(ObjectNode api) {
    return api.get("id").stringValue();
  }

  private static ObjectNode of(String api) {
    return Json.object().put("restApiId", api);
  }

  private static ObjectNode body(String document) {
    return Json.object().put("body", document.getBytes(StandardCharsets.UTF_8));
  }

  private static ObjectNode put(String api, String mode, String document) {
    return body(document).put("restApiId", api).put("mode", mode);
  }
}
