package io.portico.bench.configuration;

import java.util.StringJoiner;

/** OpenAPI documents of a size. */
final class Definitions {
  private static final int METHODS_A_PATH = 4;
  private static final String[] METHODS = {"get", "put", "post", "delete"};

  /** Of what people write for a method, mostly words and a template. */
  private static final int DESCRIPTION = 700;

  private Definitions() {}

  /** One path is two resources: a name and a variable below it. */
  static String ofResources(int resources) {
    return document("resources", (resources - 1) / 2, 1, 0);
  }

  /** At least as many bytes, with four methods a path. */
  static String ofBytes(int bytes) {
    int one = document("large", 1, METHODS_A_PATH, DESCRIPTION).length();
    int two = document("large", 2, METHODS_A_PATH, DESCRIPTION).length();
    int paths = 1 + Math.ceilDiv(bytes - one, two - one);
    return document("large", paths, METHODS_A_PATH, DESCRIPTION);
  }

  private static String document(String title, int paths, int methods, int description) {
    StringJoiner all = new StringJoiner(", ");
    for (int path = 0; path < paths; path++) {
      StringJoiner operations = new StringJoiner(", ");
      for (int method = 0; method < methods; method++) {
        operations.add("\"" + METHODS[method] + "\": " + operation(path, description));
      }
      // Of equal length, so that every path is as long as the next.
      all.add("\"/things%05d/{id}\": {%s}".formatted(path, operations));
    }
    return """
        {"openapi": "3.0.1", "info": {"title": "%s", "version": "1"}, "paths": {%s}}"""
        .formatted(title, all);
  }

  private static String operation(int path, int description) {
    return """
        {"operationId": "op%05d", "description": "%s", \
        "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}, \
        {"name": "page", "in": "query", "schema": {"type": "integer"}}], \
        "responses": {"200": {"description": "a thing"}, "404": {"description": "none"}}, \
        "x-amazon-apigateway-integration": {"type": "http", "httpMethod": "GET", \
        "uri": "http://127.0.0.1:9/things/{id}", \
        "requestParameters": {"integration.request.path.id": "method.request.path.id"}, \
        "responses": {"default": {"statusCode": "200"}}}}"""
        .formatted(path, "word ".repeat(description / 5));
  }
}
