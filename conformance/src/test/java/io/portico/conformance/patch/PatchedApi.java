package io.portico.conformance.patch;

import io.portico.conformance.client.AwsClient;
import io.portico.conformance.server.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * A fresh API that has something of everything a change can be made to: that of {@code
 * patch/api.yaml}, with a stage that has settings and a canary. The account, of which there is one,
 * is set back to where it was.
 *
 * @param ids what {@code <name>} stands for in the table
 */
record PatchedApi(AwsClient client, Map<String, String> ids) {
  private static final String STAGE = "prod";
  private static final String FUNCTION =
      "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
          + "arn:aws:lambda:us-east-1:000000000000:function:f/invocations";

  static PatchedApi build(AwsClient client, Endpoint endpoint) {
    Map<String, String> ids = new HashMap<>();
    PatchedApi api = new PatchedApi(client, ids);
    ids.put("api", client.call("ImportRestApi", Map.of("body", definition())).get("id").asString());
    for (JsonNode resource : client.call("GetResources", api.named(Map.of())).get("items")) {
      String id = resource.get("id").asString();
      switch (resource.get("path").asString()) {
        case "/" -> ids.put("root", id);
        case "/other" -> ids.put("other", id);
        case "/pets/{id}" -> ids.put("pet", id);
        default -> ids.put("pets", id);
      }
    }
    JsonNode method = client.call("GetMethod", api.names("UpdateMethod", ""));
    ids.put("validator", method.get("requestValidatorId").asString());
    JsonNode other = client.call("GetMethod", api.names("UpdateMethod", "POST"));
    ids.put("otherAuthorizer", other.get("authorizerId").asString());
    ids.put(
        "pool",
        client.call("GetMethod", api.names("UpdateMethod", "")).get("authorizerId").asString());
    ids.put("authorizer", api.authorizer());
    ids.put("link", api.vpcLink());
    ids.put("certificate", api.clientCertificate());
    ids.put("otherValidator", other.get("requestValidatorId").asString());
    ids.put("deployment", api.deployment());
    ids.put("canaryDeployment", api.deployment());
    ids.put("privateApi", api.privateApi());
    ids.put("part", api.documentation());
    api.createStage();
    ids.put("key", api.apiKey());
    ids.put("plan", api.usagePlan());
    ids.put("plain", api.plainUsagePlan());
    client.call(
        "CreateUsagePlanKey",
        Map.of("usagePlanId", api.id("plan"), "keyId", api.id("key"), "keyType", "API_KEY"));
    PatchedDomains.build(client, ids);
    client.call(
        "UpdateAccount",
        Map.of(
            "patchOperations",
            List.of(replace("/cloudwatchRoleArn", "arn:aws:iam::000000000000:role/before"))));
    return api;
  }

  private static String definition() {
    try (InputStream in = PatchedApi.class.getResourceAsStream("/patch/api.yaml")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String authorizer() {
    return client
        .call(
            "CreateAuthorizer",
            named(
                Map.of(
                    "name",
                    "tokens",
                    "type",
                    "TOKEN",
                    "authType",
                    "before",
                    "authorizerUri",
                    FUNCTION,
                    "authorizerCredentials",
                    "arn:aws:iam::000000000000:role/before",
                    "identitySource",
                    "method.request.header.Before",
                    "identityValidationExpression",
                    "before.*",
                    "authorizerResultTtlInSeconds",
                    60,
                    "providerARNs",
                    List.of("arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_a"))))
        .get("id")
        .asString();
  }

  /** To a load balancer of its own: two links to one do not work. */
  private String vpcLink() {
    String target =
        "arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/net/" + id("api") + "/1";
    return client
        .call(
            "CreateVpcLink",
            Map.of("name", "before", "description", "before", "targetArns", List.of(target)))
        .get("id")
        .asString();
  }

  private String clientCertificate() {
    return client
        .call("GenerateClientCertificate", Map.of("description", "before"))
        .get("clientCertificateId")
        .asString();
  }

  private String deployment() {
    return client
        .call("CreateDeployment", named(Map.of("description", "before")))
        .get("id")
        .asString();
  }

  /** A part, and two versions for the stage to publish. */
  private String documentation() {
    JsonNode part =
        client.call(
            "CreateDocumentationPart",
            named(
                Map.of(
                    "location",
                    Map.of("type", "MODEL", "name", "Before"),
                    "properties",
                    "{\"info\": \"before\"}")));
    for (String version : List.of("1", "2")) {
      client.call(
          "CreateDocumentationVersion",
          named(Map.of("documentationVersion", version, "description", "before")));
    }
    return part.get("id").asString();
  }

  private String privateApi() {
    return client
        .call(
            "CreateRestApi",
            Map.of(
                "name",
                "private",
                "endpointConfiguration",
                Map.of("types", List.of("PRIVATE"), "vpcEndpointIds", List.of("vpce-1"))))
        .get("id")
        .asString();
  }

  private String apiKey() {
    return client
        .call(
            "CreateApiKey",
            Map.of(
                "name",
                "before",
                "description",
                "before",
                "customerId",
                "before",
                "enabled",
                true,
                "stageKeys",
                List.of(Map.of("restApiId", id("api"), "stageName", STAGE))))
        .get("id")
        .asString();
  }

  /** Of the stage, beside which there is another. */
  private String usagePlan() {
    client.call(
        "CreateStage", named(Map.of("stageName", "spare", "deploymentId", id("deployment"))));
    Map<String, Object> throttle = Map.of("burstLimit", 1, "rateLimit", 1.0);
    return client
        .call(
            "CreateUsagePlan",
            Map.of(
                "name",
                "before",
                "description",
                "before",
                "apiStages",
                List.of(
                    Map.of(
                        "apiId",
                        id("api"),
                        "stage",
                        STAGE,
                        "throttle",
                        Map.of("/pets/{id}/GET", throttle))),
                "throttle",
                throttle,
                "quota",
                Map.of("limit", 100, "offset", 1, "period", "WEEK")))
        .get("id")
        .asString();
  }

  /** Of no stage, so that no throttle of a method needs that of the plan. */
  private String plainUsagePlan() {
    return client
        .call(
            "CreateUsagePlan",
            Map.of("name", "plain", "throttle", Map.of("burstLimit", 1, "rateLimit", 1.0)))
        .get("id")
        .asString();
  }

  private void createStage() {
    client.call(
        "CreateStage",
        named(
            Map.of(
                "stageName",
                STAGE,
                "deploymentId",
                id("deployment"),
                "description",
                "before",
                "documentationVersion",
                "1",
                "cacheClusterEnabled",
                true,
                "cacheClusterSize",
                "1.6",
                "variables",
                Map.of("host", "before.example", "kind", "cats"),
                "canarySettings",
                Map.of(
                    "deploymentId",
                    id("canaryDeployment"),
                    "percentTraffic",
                    10.0,
                    "stageVariableOverrides",
                    Map.of("host", "canary.example")))));
    client.call(
        "UpdateStage",
        named(
            Map.of(
                "stageName",
                STAGE,
                "patchOperations",
                List.of(
                    replace("/accessLogSettings/format", "$context.requestId"),
                    replace(
                        "/accessLogSettings/destinationArn",
                        "arn:aws:logs:us-east-1:000000000000:log-group:before"),
                    replace("/*/*/metrics/enabled", "true"),
                    replace("/~1pets~1{id}/GET/throttling/burstLimit", "5")))));
  }

  private static Map<String, String> replace(String path, String value) {
    return Map.of("op", "replace", "path", path, "value", value);
  }

  String id(String name) {
    return Objects.requireNonNull(ids.get(name));
  }

  private Map<String, Object> named(Map<String, ?> members) {
    Map<String, Object> named = new HashMap<>(members);
    named.put("restApiId", id("api"));
    return named;
  }

  /**
   * The members that name what an operation changes.
   *
   * @param target a method, a status code, a gateway response's type, {@code private}, {@code pool}
   *     or {@code plain}, or empty for the usual one
   */
  private Map<String, Object> names(String operation, String target) {
    String method = target.isEmpty() ? "GET" : target;
    String status = target.isEmpty() ? "200" : target;
    return switch (operation) {
      case "UpdateRestApi" ->
          target.isEmpty() ? named(Map.of()) : Map.of("restApiId", id("privateApi"));
      case "UpdateResource" -> named(Map.of("resourceId", id("pet")));
      case "UpdateMethod", "UpdateIntegration" ->
          named(Map.of("resourceId", id("pet"), "httpMethod", method));
      case "UpdateMethodResponse", "UpdateIntegrationResponse" ->
          named(Map.of("resourceId", id("pet"), "httpMethod", "GET", "statusCode", status));
      case "UpdateModel" -> named(Map.of("modelName", "Pet"));
      case "UpdateRequestValidator" -> named(Map.of("requestValidatorId", id("validator")));
      case "UpdateGatewayResponse" ->
          named(Map.of("responseType", target.isEmpty() ? "THROTTLED" : target));
      case "UpdateDeployment" -> named(Map.of("deploymentId", id("deployment")));
      case "UpdateStage" -> named(Map.of("stageName", STAGE));
      case "UpdateDocumentationPart" -> named(Map.of("documentationPartId", id("part")));
      case "UpdateDocumentationVersion" -> named(Map.of("documentationVersion", "1"));
      case "UpdateAccount" -> Map.of();
      case "UpdateApiKey" -> Map.of("apiKey", id("key"));
      case "UpdateUsagePlan" -> Map.of("usagePlanId", id(target.isEmpty() ? "plan" : target));
      case "UpdateUsage" -> Map.of("usagePlanId", id("plan"), "keyId", id("key"));
      case "UpdateAuthorizer" ->
          named(Map.of("authorizerId", id(target.isEmpty() ? "authorizer" : target)));
      case "UpdateVpcLink" -> Map.of("vpcLinkId", id("link"));
      case "UpdateClientCertificate" -> Map.of("clientCertificateId", id("certificate"));
      case "UpdateDomainName" -> PatchedDomains.names(ids, target);
      case "UpdateBasePathMapping" ->
          Map.of("domainName", id("domain"), "basePath", PatchedDomains.BASE_PATH);
      default -> throw new AssertionError("nothing here for " + operation);
    };
  }

  /** Sends changes to the target of a line, and gives the reply. */
  JsonNode patch(PatchLine line, List<Map<String, String>> changes) {
    return patch(line.operation(), line.target(), changes);
  }

  private JsonNode patch(String operation, String target, List<Map<String, String>> changes) {
    Map<String, Object> input = new HashMap<>(names(operation, target));
    input.put("patchOperations", changes);
    return client.call(operation, input);
  }

  /** Sends changes to what an operation usually changes here, and gives the reply. */
  JsonNode patch(String operation, List<Map<String, String>> changes) {
    return patch(operation, "", changes);
  }

  /** What a line changes, as it is now. */
  JsonNode read(PatchLine line) {
    return read(line, Map.of());
  }

  /** What a line has changed, of which a part of its name may be. */
  JsonNode read(PatchLine line, JsonNode reply) {
    return line.operation().equals("UpdateBasePathMapping")
        ? read(line, Map.of("basePath", reply.get("basePath").asString()))
        : read(line);
  }

  private JsonNode read(PatchLine line, Map<String, String> otherNames) {
    Map<String, Object> names = new HashMap<>(names(line.operation(), line.target()));
    names.putAll(otherNames);
    if (line.operation().equals("UpdateUsage")) {
      String today = LocalDate.now(ZoneOffset.UTC).toString();
      names.putAll(Map.of("startDate", today, "endDate", today));
    }
    return client.call(line.operation().replace("Update", "Get"), names);
  }
}
