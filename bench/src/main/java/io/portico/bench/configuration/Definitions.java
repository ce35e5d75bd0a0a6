package io.portico.bench.configuration;

import java.util.List;
import java.util.StringJoiner;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** OpenAPI documents of a size. */
final class Definitions {
  private static final List<String> METHODS = List.of("get", "put", "post", "delete");

  /** Of what people write for a method, mostly words and a template. */
  private static final int DESCRIPTION = 700;

  private static final ObjectMapper JSON = new JsonMapper();
  private static final ObjectMapper YAML = new YAMLMapper();

  private static final String ID =
      """
      {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},""";

  private Definitions() {}

  /** One path is two resources, a name and a variable below it; the root is the first of all. */
  static String ofResources(int resources) {
    StringJoiner paths = new StringJoiner(", ");
    for (int path = 0; path < (resources - 1) / 2; path++) {
      paths.add(path("/things%05d/{id}".formatted(path), path, 1, 0));
    }
    if (resources % 2 == 0) {
      paths.add("\"/last\": {\"get\": %s}".formatted(operation("last", "", 0, "")));
    }
    return document("resources", paths.toString(), "");
  }

  /** At least as many bytes, with four methods and a model a path. */
  static String ofBytes(int bytes) {
    int one = ofPaths(1).length();
    int more = ofPaths(2).length() - one;
    return ofPaths(1 + Math.ceilDiv(bytes - one, more));
  }

  /** Such a document in YAML's block style: as many paths as come to these bytes in that style. */
  static String yamlOfBytes(int bytes) {
    int one = yaml(ofPaths(1)).length();
    int more = yaml(ofPaths(2)).length() - one;
    return yaml(ofPaths(1 + Math.ceilDiv(bytes - one, more)));
  }

  private static String yaml(String json) {
    return YAML.writeValueAsString(JSON.readTree(json));
  }

  private static String ofPaths(int count) {
    StringJoiner paths = new StringJoiner(", ");
    StringJoiner schemas = new StringJoiner(", ");
    for (int path = 0; path < count; path++) {
      // Of equal length, so that every path is as long as the next.
      paths.add(path("/things%05d/{id}".formatted(path), path, METHODS.size(), DESCRIPTION));
      schemas.add(schema(path));
    }
    return document("large", paths.toString(), schemas.toString());
  }

  private static String document(String title, String paths, String schemas) {
    return """
        {"openapi": "3.0.1", "info": {"title": "%s", "version": "1"}, "paths": {%s}, \
        "components": {"schemas": {%s}}}"""
        .formatted(title, paths, schemas);
  }

  private static String path(String path, int number, int methods, int description) {
    StringJoiner operations = new StringJoiner(", ");
    for (String method : METHODS.subList(0, methods)) {
      String body = method.startsWith("p") ? body(number) : "";
      operations.add(
          "\"%s\": %s"
              .formatted(
                  method, operation(method + "%05d".formatted(number), ID, description, body)));
    }
    return "\"%s\": {%s}".formatted(path, operations);
  }

  private static String operation(String id, String parameters, int description, String body) {
    String mapping =
        parameters.isEmpty() ? "" : "\"integration.request.path.id\": \"method.request.path.id\"";
    return """
        {"operationId": "%s", "description": "%s", %s \
        "parameters": [%s {"name": "page", "in": "query", "schema": {"type": "integer"}}], \
        "responses": {"200": {"description": "a thing"}, "404": {"description": "none"}}, \
        "x-amazon-apigateway-integration": {"type": "http", "httpMethod": "GET", \
        "uri": "http://127.0.0.1:9/things%s", "requestParameters": {%s}, \
        "responses": {"default": {"statusCode": "200"}}}}"""
        .formatted(
            id,
            "word ".repeat(description / 5),
            body,
            parameters,
            parameters.isEmpty() ? "" : "/{id}",
            mapping);
  }

  private static String body(int number) {
    return """
        "requestBody": {"content": {"application/json": \
        {"schema": {"$ref": "#/components/schemas/Thing%05d"}}}},"""
        .formatted(number);
  }

  private static String schema(int number) {
    return """
        "Thing%05d": {"type": "object", "required": ["name"], "properties": \
        {"name": {"type": "string", "maxLength": 40}, "count": {"type": "integer", "minimum": 0}, \
        "tags": {"type": "array", "items": {"type": "string"}}}}"""
        .formatted(number);
  }
}
