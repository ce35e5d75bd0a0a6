package io.portico.conformance;

import io.portico.conformance.client.AwsClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * An API of two resources, built call by call: {@code /pets/{petId}} answers from a MOCK, {@code
 * /backend/{proxy+}} passes to a backend.
 */
record SmallApi(AwsClient client, String id, String root, String pet, String proxy) {
  static final String STAGE = "prod";

  /** Creates everything up to the integrations' responses; nothing is deployed yet. */
  static SmallApi build(AwsClient client, String backend) {
    String id =
        client
            .call("CreateRestApi", Map.of("name", "small", "description", "call by call"))
            .get("id")
            .asString();
    String root = rootOf(client, id);
    String pets = resource(client, id, root, "pets");
    String pet = resource(client, id, pets, "{petId}");
    String proxy = resource(client, id, resource(client, id, root, "backend"), "{proxy+}");
    SmallApi api = new SmallApi(client, id, root, pet, proxy);
    api.mock(
        pet,
        "GET",
        Map.of("application/json", "{\"statusCode\": 200}"),
        Map.of("application/json", "{\"pet\": \"$input.params('petId')\"}"));
    api.passThrough(proxy, "http://" + backend + "/{proxy}");
    return api;
  }

  private static String rootOf(AwsClient client, String id) {
    for (JsonNode resource : client.call("GetResources", Map.of("restApiId", id)).get("items")) {
      if (resource.get("path").asString().equals("/")) {
        return resource.get("id").asString();
      }
    }
    throw new AssertionError("API " + id + " has no root resource");
  }

  private static String resource(AwsClient client, String id, String parent, String part) {
    return client
        .call("CreateResource", Map.of("restApiId", id, "parentId", parent, "pathPart", part))
        .get("id")
        .asString();
  }

  String resource(String parent, String part) {
    return resource(client, id, parent, part);
  }

  /** A MOCK method with one response. */
  void mock(
      String resource,
      String method,
      Map<String, String> requestTemplates,
      Map<String, String> responseTemplates) {
    putMethod(resource, method, Map.of());
    client.call(
        "PutIntegration",
        Map.of(
            "restApiId", id,
            "resourceId", resource,
            "httpMethod", method,
            "type", "MOCK",
            "requestTemplates", requestTemplates));
    client.call(
        "PutMethodResponse",
        Map.of("restApiId", id, "resourceId", resource, "httpMethod", method, "statusCode", "200"));
    client.call(
        "PutIntegrationResponse",
        Map.of(
            "restApiId", id,
            "resourceId", resource,
            "httpMethod", method,
            "statusCode", "200",
            "responseTemplates", responseTemplates));
  }

  private void passThrough(String resource, String uri) {
    putMethod(resource, "ANY", Map.of("method.request.path.proxy", true));
    client.call(
        "PutIntegration",
        Map.of(
            "restApiId",
            id,
            "resourceId",
            resource,
            "httpMethod",
            "ANY",
            "type",
            "HTTP_PROXY",
            "integrationHttpMethod",
            "ANY",
            "uri",
            uri,
            "requestParameters",
            Map.of("integration.request.path.proxy", "method.request.path.proxy")));
  }

  void putMethod(String resource, String method, Map<String, Boolean> parameters) {
    client.call(
        "PutMethod",
        Map.of(
            "restApiId", id,
            "resourceId", resource,
            "httpMethod", method,
            "authorizationType", "NONE",
            "requestParameters", parameters));
  }

  /** Freezes what is there now and lets the stage serve it. */
  SmallApi deploy() {
    client.call("CreateDeployment", Map.of("restApiId", id, "stageName", STAGE));
    return this;
  }

  /** Calls an operation on this API. */
  JsonNode call(String operation, Map<String, ?> names) {
    Map<String, Object> input = new HashMap<>(names);
    input.put("restApiId", id);
    return client.call(operation, input);
  }

  JsonNode patch(String operation, Map<String, ?> names, List<Map<String, String>> operations) {
    Map<String, Object> input = new HashMap<>(names);
    input.put("restApiId", id);
    input.put("patchOperations", operations);
    return client.call(operation, input);
  }

  static Map<String, String> replace(String path, String value) {
    return Map.of("op", "replace", "path", path, "value", value);
  }
}
