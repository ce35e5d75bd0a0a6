package io.portico.gateway.control.v1;

import io.portico.gateway.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A control plane with what calls that exceed a quota need, made when it is first asked for. */
final class QuotaScene {
  private static final String POLICY =
      """
      {"Statement": {"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke",
       "Resource": "*"}}""";

  private final TestControlPlane control;
  private @Nullable String apiId;
  private @Nullable String rootId;
  private @Nullable String deploymentId;
  private @Nullable String mappedId;
  private @Nullable String httpId;

  QuotaScene(TestControlPlane control) {
    this.control = control;
  }

  /** Members such as {@code "a": 1} as an object; apostrophes are quotes. */
  private static ObjectNode object(String members) {
    return (ObjectNode) Json.parse("{" + members.replace('\'', '"') + "}");
  }

  /** So many members, numbered, each with the same value. */
  static String members(int count, String prefix, String value) {
    return IntStream.range(0, count)
        .mapToObj(i -> "'%s%d': %s".formatted(prefix, i, value))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  ObjectNode call(String operation, String members) {
    return control.call(operation, object(members));
  }

  ObjectNode callV2(String operation, String members) {
    return control.callV2(operation, object(members));
  }

  /** A call about the API. */
  ObjectNode inApi(String operation, String members) {
    ObjectNode input = object(members);
    input.put("restApiId", api());
    return control.call(operation, input);
  }

  /** A call about the HTTP API. */
  ObjectNode inHttpApi(String operation, String members) {
    if (httpId == null) {
      httpId = callV2("CreateApi", "'name': 'a', 'protocolType': 'HTTP'").get("apiId").asString();
    }
    ObjectNode input = object(members);
    input.put("ApiId", httpId);
    return control.callV2(operation, input);
  }

  /** A call about a method of the API's root. */
  ObjectNode inMethod(String operation, String members) {
    ObjectNode input = object(members);
    input.put("restApiId", api());
    input.put("resourceId", root());
    input.put("httpMethod", "GET");
    return control.call(operation, input);
  }

  /** An update with one operation, which is no addition. */
  ObjectNode patched(String operation, String members, String path, String value) {
    return patched(operation, members, "replace", path, value);
  }

  ObjectNode patched(String operation, String members, String op, String path, String value) {
    ObjectNode input = object(members);
    ArrayNode operations = input.putArray("patchOperations");
    operations.addObject().put("op", op).put("path", path).put("value", value);
    return control.call(operation, input);
  }

  /** The same of something of the API. */
  ObjectNode patchedInApi(String operation, String members, String path, String value) {
    return patched(operation, also(members, "'restApiId': '%s'".formatted(api())), path, value);
  }

  /** The same of something of the root's method. */
  ObjectNode patchedInMethod(String operation, String members, String path, String value) {
    String method = "'resourceId': '%s', 'httpMethod': 'GET'".formatted(root());
    return patchedInApi(operation, also(members, method), path, value);
  }

  private static String also(String members, String others) {
    return members.isEmpty() ? others : members + ", " + others;
  }

  String api() {
    if (apiId == null) {
      apiId = createApi("PRIVATE");
      patched("UpdateRestApi", "'restApiId': '%s'".formatted(apiId), "/policy", POLICY);
    }
    return apiId;
  }

  String createApi(String type) {
    return call(
            "CreateRestApi",
            "'name': 'a', 'endpointConfiguration': {'types': ['%s']}".formatted(type))
        .get("id")
        .asString();
  }

  String root() {
    if (rootId == null) {
      rootId = inApi("GetRestApi", "").get("rootResourceId").asString();
    }
    return rootId;
  }

  /** The root's method, with an integration that calls nobody. */
  void mock() {
    inMethod("PutMethod", "'authorizationType': 'NONE'");
    inMethod("PutIntegration", "'type': 'MOCK'");
  }

  String deployment() {
    if (deploymentId == null) {
      mock();
      deploymentId = inApi("CreateDeployment", "").get("id").asString();
    }
    return deploymentId;
  }

  /** A regional API with a stage {@code a}, for domain names to be mapped to. */
  String mappedApi() {
    if (mappedId == null) {
      String mock = "'x-amazon-apigateway-integration': {'type': 'mock'}";
      ObjectNode api =
          importApi(
              openApi("'paths': {'/a': {'get': {'responses': {}, " + mock + "}}}"),
              Map.of("endpointConfigurationTypes", "REGIONAL"));
      mappedId = api.get("id").asString();
      call("CreateDeployment", "'restApiId': '%s', 'stageName': 'a'".formatted(mappedId));
    }
    return mappedId;
  }

  /** A stage with further members. */
  ObjectNode stage(String name, String members) {
    return inApi(
        "CreateStage",
        also(members, "'stageName': '%s', 'deploymentId': '%s'".formatted(name, deployment())));
  }

  void resource(String name) {
    inApi("CreateResource", "'parentId': '%s', 'pathPart': '%s'".formatted(root(), name));
  }

  ObjectNode importApi(String document, Map<String, String> parameters) {
    ObjectNode input = body(document);
    ObjectNode sent = input.putObject("parameters");
    parameters.forEach(sent::put);
    return control.call("ImportRestApi", input);
  }

  /** Puts a document's members into the API. */
  ObjectNode merge(String members) {
    return control.call(
        "PutRestApi", body(openApi(members)).put("restApiId", api()).put("mode", "merge"));
  }

  ObjectNode importDocumentation(String members) {
    return control.call("ImportDocumentationParts", body(openApi(members)).put("restApiId", api()));
  }

  ObjectNode importKeys(String csv) {
    return control.call("ImportApiKeys", body(csv).put("format", "csv"));
  }

  static String openApi(String members) {
    return "{'openapi': '3.0.1', 'info': {'title': 'a'}, %s}".formatted(members).replace('\'', '"');
  }

  private static ObjectNode body(String text) {
    return Json.object().put("body", text.getBytes(StandardCharsets.UTF_8));
  }
}
