package io.portico.gateway.control.v1;

import io.portico.gateway.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Values for members of v1's operations, mostly such as mean something: ids of what is there, paths
 * of patches, methods, mapping expressions. And now and then a wrong one.
 */
final class PlausibleValues {
  private static final int IDS_KEPT = 8;
  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
  private static final Pattern PATCH_PATH = Pattern.compile("^\\| `(/[^`]*)` \\|.*");
  private static final String DOCUMENT =
      """
      openapi: 3.0.1
      info: {title: t, version: 1}
      paths:
        /a:
          get:
            responses: {200: {description: ok, headers: {a: {schema: {type: string}}}}}
            x-amazon-apigateway-integration:
              type: mock
              requestTemplates: {application/json: '{"statusCode": 200}'}
              responses: {default: {statusCode: 200, responseTemplates: {application/json: '{}'}}}
          post:
            x-amazon-apigateway-integration:
              type: http_proxy
              httpMethod: POST
              uri: https://example.com/
        /b/{id}:
          x-amazon-apigateway-any-method:
            parameters: [{name: id, in: path, required: true, schema: {type: string}}]
            x-amazon-apigateway-integration:
              type: http
              httpMethod: GET
              uri: https://example.com/{id}
              requestParameters: {integration.request.path.id: method.request.path.id}
              responses: {default: {statusCode: 200}}
      """;
  private static final List<String> KEYS =
      List.of(
          "application/json",
          "method.request.path.id",
          "method.request.header.a",
          "method.response.header.a",
          "integration.request.header.a",
          "host",
          "prod",
          "true",
          "x",
          "gatewayresponse.header.a",
          "123");

  private static final List<String> ANY =
      List.of(
          "",
          "x",
          "true",
          "false",
          "-1",
          "0",
          "0.5",
          "1e9",
          "29000",
          "99999999999999999999",
          "GET",
          "ANY",
          "NONE",
          "prod",
          "EDGE",
          "PRIVATE",
          "{}",
          "[",
          "#if(",
          "$context.requestId",
          "{\"statusCode\": 200}",
          "'literal'",
          "method.request.header.a",
          "https://example.com/{id}",
          "https://${stageVariables.host}/",
          "http://[::1",
          "arn:aws:s3:::b",
          "\u0000",
          "~",
          "~2",
          "\ud83d\ude00",
          "a".repeat(2000));

  private static final Map<String, List<String>> BY_MEMBER =
      Map.ofEntries(
          Map.entry("httpMethod", List.of("GET", "GET", "POST", "ANY", "PUT", "BREW")),
          Map.entry("integrationHttpMethod", List.of("GET", "POST", "ANY", "")),
          Map.entry("statusCode", List.of("200", "404", "500")),
          Map.entry("stageName", List.of("prod", "dev")),
          Map.entry("authorizationType", List.of("NONE", "none", "AWS_IAM")),
          Map.entry("pathPart", List.of("pets", "{id}", "{proxy+}", "a", "b", "{", "a b")),
          Map.entry("exportType", List.of("oas30", "swagger", "oas31")),
          Map.entry("accepts", List.of("application/json", "application/yaml", "text/plain")),
          Map.entry(
              "parameters.key", List.of("extensions", "basepath", "endpointConfigurationTypes")),
          Map.entry("parameters", List.of("apigateway", "prepend", "split", "ignore", "REGIONAL")),
          Map.entry("embed", List.of("methods", "apisummary", "x")),
          Map.entry("position", List.of("")),
          Map.entry("selectionPattern", List.of("2\\d{2}", "", "(", ".*")),
          Map.entry("binaryMediaTypes", List.of("image/png", "*/*", "")),
          Map.entry("types", List.of("REGIONAL")),
          Map.entry(
              "uri",
              List.of(
                  "https://example.com/{id}",
                  "https://${stageVariables.host}/",
                  "http://[::1",
                  "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
                      + "arn:aws:lambda:us-east-1:000000000000:function:f/invocations")),
          Map.entry(
              "body",
              List.of(
                  "{\"swagger\":\"2.0\",\"info\":{\"title\":\"t\"},\"paths\":{\"/a/{id}\":{\"get\":{}}}}",
                  "openapi: 3.0.1\ninfo: {title: t, version: 1}\npaths: {/b: {get: {}}}",
                  "openapi: [",
                  "{\"swagger\":\"2.0\"}")));

  private final Random random;
  private final Map<String, List<String>> patchPaths = new HashMap<>();
  private final Map<String, List<String>> ids = new HashMap<>();

  PlausibleValues(Random random) throws IOException {
    this.random = random;
    String operation = "";
    for (String line : Files.readAllLines(Path.of("../docs/patch-operations.md"))) {
      if (line.startsWith("## ")) {
        operation = line.substring(3).strip();
      }
      Matcher path = PATCH_PATH.matcher(line);
      if (path.matches()) {
        patchPaths.computeIfAbsent(operation, name -> new ArrayList<>()).add(path.group(1));
      }
    }
    if (patchPaths.isEmpty()) {
      throw new IOException("no paths of patches found");
    }
  }

  /** A text for a member, or null where any will do. */
  @Nullable String next(String operation, String member) {
    if (random.nextInt(25) == 0) {
      return random.nextInt(4) == 0 ? null : one(ANY);
    }
    if (member.equals("path") && patchPaths.containsKey(operation)) {
      return filled(one(patchPaths.get(operation)));
    }
    String kind =
        switch (member) {
          case "restApiId", "cloneFrom" -> "RestApi";
          case "resourceId", "parentId" -> "Resource";
          case "deploymentId" -> "Deployment";
          default -> member;
        };
    if (member.equals("resourceArn") && ids.containsKey("RestApi")) {
      return "arn:aws:apigateway:eu-west-1::/restapis/" + one(ids.get("RestApi"));
    }
    if (ids.containsKey(kind)) {
      return one(ids.get(kind));
    }
    if (BY_MEMBER.containsKey(member)) {
      return one(BY_MEMBER.get(member));
    }
    return one(member.endsWith(".key") ? KEYS : ANY);
  }

  private String filled(String template) {
    Matcher name = Pattern.compile("\\{[^}]*}").matcher(template);
    return name.replaceAll(
        found -> Matcher.quoteReplacement(one(KEYS).replace("~", "~0").replace("/", "~1")));
  }

  /** Makes an API with methods, integrations and a stage, on which later calls work. */
  void startAnew(TestControlPlane plane) {
    ids.clear();
    ObjectNode document = Json.object();
    document.put("body", DOCUMENT.getBytes(StandardCharsets.UTF_8));
    String api = plane.call("ImportRestApi", document).get("id").asString();
    ids.put("RestApi", new ArrayList<>(List.of(api)));
    ObjectNode stage = Json.object().put("restApiId", api).put("stageName", "prod");
    learn("CreateDeployment", Json.text(plane.call("CreateDeployment", stage)));
    ObjectNode resources = Json.object().put("restApiId", api);
    learn("GetResources", Json.text(plane.call("GetResources", resources)));
  }

  /** Ids that an answer names are those of later calls. */
  void learn(String operation, String answer) {
    String kind =
        switch (operation) {
          case "CreateDeployment", "GetDeployments" -> "Deployment";
          case "CreateResource", "GetResources" -> "Resource";
          default -> "";
        };
    Matcher id = ID.matcher(answer);
    while (!kind.isEmpty() && id.find()) {
      List<String> known = ids.computeIfAbsent(kind, name -> new ArrayList<>());
      known.remove(id.group(1));
      known.add(id.group(1));
      // The first ones have methods.
      if (known.size() > IDS_KEPT) {
        known.remove(IDS_KEPT / 2);
      }
    }
  }

  private String one(List<String> texts) {
    return texts.get(random.nextInt(texts.size()));
  }
}
