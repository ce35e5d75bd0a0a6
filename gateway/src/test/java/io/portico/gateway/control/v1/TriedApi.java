package io.portico.gateway.control.v1;

import io.portico.gateway.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An API with one method that validates bodies: where contents are put, and everything is made. */
final class TriedApi {
  /** What JSON is read to, and far beyond. */
  static final List<Integer> DEPTHS = List.of(100, 500, 10_000);

  private static final String DOCUMENT =
      """
      swagger: '2.0'
      info: {title: first}
      definitions: {Pet: {type: object}}
      x-amazon-apigateway-request-validators: {all: {validateRequestBody: true}}
      x-amazon-apigateway-request-validator: all
      paths:
        /a:
          post:
            parameters: [{in: body, name: b, schema: {$ref: '#/definitions/Pet'}}]
            responses: {200: {description: d, schema: {$ref: '#/definitions/Pet'}}}
            x-amazon-apigateway-integration:
              type: mock
              requestTemplates: {application/json: '{"statusCode": 200}'}
              responses: {default: {statusCode: 200}}
      """;

  final TestControlPlane plane = new HostilePlane().control;
  final MadeOfAnApi made = new MadeOfAnApi(plane);
  private final String api =
      plane.call("ImportRestApi", body(Json.object(), DOCUMENT)).get("id").asString();

  ObjectNode named() {
    return MadeOfAnApi.of(api);
  }

  boolean attempt(String operation, ObjectNode input) {
    return made.attempt(operation, input);
  }

  /** Makes all that is made of it. */
  void makeEverything() {
    makeEverythingOf(api);
  }

  private void makeEverythingOf(String made) {
    this.made.make(made);
    this.made.makeClients(made);
    this.made.readModels(made);
    this.made.tryMethods(made);
  }

  /** Imports a document in every way there is, and makes all that is made of what it becomes. */
  void importInEveryWay(String document) {
    if (attempt("ImportRestApi", body(Json.object(), document))) {
      for (JsonNode each : plane.call("GetRestApis", Json.object()).get("item")) {
        if (!each.get("id").asString().equals(api)) {
          makeEverythingOf(each.get("id").asString());
        }
      }
    }
    for (String mode : List.of("merge", "overwrite")) {
      attempt("PutRestApi", body(named(), document).put("mode", mode));
      attempt("ImportDocumentationParts", body(named(), document).put("mode", mode));
      makeEverything();
    }
  }

  static ObjectNode body(ObjectNode input, String document) {
    return input.put("body", document.getBytes(StandardCharsets.UTF_8));
  }

  /** An input with one change. */
  static ObjectNode replacing(ObjectNode input, String path, String value) {
    input
        .putArray("patchOperations")
        .addObject()
        .put("op", "replace")
        .put("path", path)
        .put("value", value);
    return input;
  }

  /** The one method. */
  ObjectNode method() {
    String resource = "";
    for (JsonNode each : plane.call("GetResources", named()).get("item")) {
      resource = each.get("path").asString().equals("/a") ? each.get("id").asString() : resource;
    }
    return named().put("resourceId", resource).put("httpMethod", "POST");
  }

  /** A JSON text that is that deep. */
  static String deep(String member, int depth) {
    return "{\"%s\":".formatted(member).repeat(depth) + "{}" + "}".repeat(depth);
  }
}
