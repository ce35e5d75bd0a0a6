package io.portico.gateway.control.v1;

import static io.portico.gateway.control.v1.QuotaCases.ASSOCIATION;
import static io.portico.gateway.control.v1.QuotaCases.AUTHORIZER;
import static io.portico.gateway.control.v1.QuotaCases.LINK;
import static io.portico.gateway.control.v1.QuotaCases.NO_PATHS;
import static io.portico.gateway.control.v1.QuotaCases.bounded;

import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.control.v1.QuotaCases.Case;
import java.util.Map;

/** The same for quotas that bound a value. */
final class QuotaValueCases {
  private static final String X = "x".repeat(1_001);

  private static final String POLICY =
      """
      {\\"Version\\": \\"2012-10-17\\", \\"Statement\\": [{\\"Sid\\": \\"%s\\",
       \\"Effect\\": \\"Allow\\", \\"Principal\\": \\"*\\", \\"Action\\": \\"execute-api:Invoke\\",
       \\"Resource\\": \\"*\\"}]}"""
          .replace("\n", "");

  private QuotaValueCases() {}

  static Case of(Quota quota) {
    return switch (quota) {
      case POLICY_LENGTH ->
          bounded(
              500,
              "exceeds the limit of 500 characters",
              scene -> scene.patchedInApi("UpdateRestApi", "", "/policy", policy("a")),
              scene ->
                  scene.call(
                      "CreateRestApi", "'name': 'a', 'policy': '" + POLICY.formatted(X) + "'"),
              scene -> scene.patchedInApi("UpdateRestApi", "", "/policy", policy(X)),
              scene -> scene.merge(NO_PATHS + ", 'x-amazon-apigateway-policy': " + policy(X)));
      case STAGE_VARIABLE_NAME_LENGTH ->
          variables(
              bounded(
                  64,
                  "exceeds the limit of 64 characters",
                  scene -> scene.stage("a", variables("{'%s': 'b'}".formatted("x".repeat(64))))),
              "{'%s': 'b'}".formatted("x".repeat(65)),
              "x".repeat(65),
              "b");
      case STAGE_VARIABLE_VALUE_LENGTH ->
          variables(
              bounded(
                  512,
                  "exceeds the limit of 512 characters",
                  scene -> scene.stage("a", variables("{'a': '%s'}".formatted("x".repeat(512))))),
              "{'a': '%s'}".formatted("x".repeat(513)),
              "a",
              "x".repeat(513));
      case TAG_KEY_LENGTH ->
          tags(
              bounded(
                  128,
                  "Invalid tag key: " + "x".repeat(129),
                  scene -> scene.stage("a", "'tags': {'%s': ''}".formatted("x".repeat(128)))),
              "{'%s': ''}".formatted("x".repeat(129)));
      case TAG_VALUE_LENGTH ->
          tags(
              bounded(
                  256,
                  "Invalid tag value for key: a",
                  scene -> scene.stage("a", "'tags': {'a': '%s'}".formatted("x".repeat(256)))),
              "{'a': '%s'}".formatted("x".repeat(257)));
      case INTEGRATION_TIMEOUT -> timeouts("'type': 'MOCK'");
      case STREAMING_TIMEOUT ->
          timeouts(
              "'type': 'HTTP_PROXY', 'integrationHttpMethod': 'GET', 'httpMethod': 'GET',"
                  + " 'uri': 'http://a.test', 'responseTransferMode': 'STREAM'");
      case CACHE_TTL ->
          bounded(
              1_000,
              "Invalid value for /*/*/caching/ttlInSeconds. Must be a whole number from 0 to 1000",
              scene -> {
                scene.stage("a", "");
                setTtl(scene, 1_000);
              },
              scene -> setTtl(scene, 1_001));
      case AUTHORIZER_TTL ->
          bounded(
              1_000,
              "Authorizer result TTL should be between 0 and 1000 seconds",
              scene -> scene.inApi("CreateAuthorizer", AUTHORIZER.formatted("a", 1_000)),
              scene -> scene.inApi("CreateAuthorizer", AUTHORIZER.formatted("b", 1_001)),
              scene ->
                  scene.patchedInApi(
                      "UpdateAuthorizer",
                      "'authorizerId': '%s'"
                          .formatted(scene.inApi("GetAuthorizers", "").at("/item/0/id").asString()),
                      "/authorizerResultTtlInSeconds",
                      "1001"),
              scene -> scene.merge(QuotaCases.scheme(1_001)));
      case TEMPLATE_SIZE -> templates();
      case MODEL_SIZE ->
          bounded(
              1_000,
              " exceeds the limit of 1000 bytes",
              scene -> scene.inApi("CreateModel", model("b", "a")),
              scene -> scene.inApi("CreateModel", model("c", X)),
              scene ->
                  scene.patchedInApi(
                      "UpdateModel", "'modelName': 'b'", "/schema", "{\"title\": \"" + X + "\"}"),
              scene ->
                  scene.merge(
                      NO_PATHS + ", 'components': {'schemas': {'b': {'title': '" + X + "'}}}"));
      case ACCESS_LOG_FORMAT_SIZE ->
          bounded(
              1_000,
              "The access log format of stage a of API",
              scene -> {
                scene.stage("a", "");
                setFormat(scene, "$context.requestId");
              },
              scene -> setFormat(scene, "$context.requestId " + X));
      case DEFINITION_SIZE ->
          bounded(
              1_000,
              "exceeds the limit of 1000 bytes",
              scene -> scene.merge(NO_PATHS),
              scene -> scene.importApi(QuotaScene.openApi(NO_PATHS) + " ".repeat(1_000), Map.of()),
              scene -> scene.merge(NO_PATHS + " ".repeat(1_000)));
      default -> throw new AssertionError("no case of " + quota);
    };
  }

  static String variables(String variables) {
    return "'variables': " + variables;
  }

  /** Every call that gives a stage variables. */
  static Case variables(Case start, String tooMany, String name, String value) {
    return bounded(
        start.limit(),
        start.refusal(),
        start.within(),
        scene -> scene.stage("b", variables(tooMany)),
        scene -> scene.inApi("CreateDeployment", "'stageName': 'b', " + variables(tooMany)),
        scene -> scene.patchedInApi("UpdateStage", "'stageName': 'a'", "/variables/" + name, value),
        scene ->
            scene.stage(
                "b", "'canarySettings': {'stageVariableOverrides': %s}".formatted(tooMany)));
  }

  /** Every call that gives something tags. */
  static Case tags(Case start, String tags) {
    String tooMany = "'tags': " + tags;
    return bounded(
        start.limit(),
        start.refusal(),
        start.within().then(QuotaCases::privateDomain),
        scene -> scene.stage("b", tooMany),
        scene -> scene.call("CreateRestApi", "'name': 'a', " + tooMany),
        scene -> scene.call("CreateApiKey", tooMany),
        scene -> scene.call("CreateUsagePlan", "'name': 'a', " + tooMany),
        scene -> scene.call("CreateVpcLink", LINK.formatted(1) + ", " + tooMany),
        scene -> scene.call("GenerateClientCertificate", tooMany),
        scene -> scene.call("CreateDomainName", QuotaCases.domain("a") + ", " + tooMany),
        scene ->
            scene.call(
                "CreateDomainNameAccessAssociation",
                ASSOCIATION.formatted(QuotaCases.domainArn(scene), 1) + ", " + tooMany),
        scene ->
            scene.call(
                "TagResource",
                "'resourceArn': 'arn:aws:apigateway:eu-west-1::/restapis/%s/stages/a', %s"
                    .formatted(scene.api(), tooMany)));
  }

  private static Case timeouts(String integration) {
    return bounded(
        1_000,
        "Timeout should be between 50 ms and 1000 ms",
        scene -> {
          scene.inMethod("PutMethod", "'authorizationType': 'NONE'");
          scene.inMethod("PutIntegration", integration + ", 'timeoutInMillis': 1000");
        },
        scene -> scene.inMethod("PutIntegration", integration + ", 'timeoutInMillis': 1001"),
        scene -> scene.patchedInMethod("UpdateIntegration", "", "/timeoutInMillis", "1001"),
        scene -> scene.merge(mapped(integration + ", 'timeoutInMillis': 1001")));
  }

  /** A document with an integration. */
  private static String mapped(String integration) {
    return "'paths': {'/': {'get': {'responses': {'200': {'description': 'ok'}},"
        + " 'x-amazon-apigateway-integration': {"
        + integration
        + "}}}}";
  }

  private static void setTtl(QuotaScene scene, int seconds) {
    scene.patchedInApi(
        "UpdateStage", "'stageName': 'a'", "/*/*/caching/ttlInSeconds", String.valueOf(seconds));
  }

  private static void setFormat(QuotaScene scene, String format) {
    scene.patchedInApi("UpdateStage", "'stageName': 'a'", "/accessLogSettings/format", format);
  }

  private static String policy(String sid) {
    return POLICY.formatted(sid).replace("\\\"", "\"");
  }

  private static String model(String name, String title) {
    return "'name': '%s', 'contentType': 'application/json', 'schema': '{\\\"title\\\": \\\"%s\\\"}'"
        .formatted(name, title);
  }

  /** Every call that gives something a template. */
  private static Case templates() {
    String type = "'text/plain': '%s'";
    String path = "/%s/text~1plain";
    String status = "'statusCode': '200'";
    String response = "'responseType': 'DEFAULT_4XX'";
    return bounded(
        1_000,
        "exceeds the limit of 1000 bytes",
        scene -> {
          scene.mock();
          scene.inMethod("PutMethodResponse", status);
          scene.inMethod(
              "PutIntegration",
              "'type': 'MOCK', 'requestTemplates': {%s}".formatted(type.formatted("a")));
          scene.inMethod(
              "PutIntegrationResponse",
              status + ", 'responseTemplates': {%s}".formatted(type.formatted("a")));
          scene.inApi(
              "PutGatewayResponse",
              response + ", 'responseTemplates': {%s}".formatted(type.formatted("a")));
        },
        scene ->
            scene.inMethod(
                "PutIntegration",
                "'type': 'MOCK', 'requestTemplates': {%s}".formatted(type.formatted(X))),
        scene ->
            scene.patchedInMethod("UpdateIntegration", "", path.formatted("requestTemplates"), X),
        scene ->
            scene.inMethod(
                "PutIntegrationResponse",
                status + ", 'responseTemplates': {%s}".formatted(type.formatted(X))),
        scene ->
            scene.patchedInMethod(
                "UpdateIntegrationResponse", status, path.formatted("responseTemplates"), X),
        scene ->
            scene.inApi(
                "PutGatewayResponse",
                response + ", 'responseTemplates': {%s}".formatted(type.formatted(X))),
        scene ->
            scene.patchedInApi(
                "UpdateGatewayResponse", response, path.formatted("responseTemplates"), X),
        scene ->
            scene.merge(
                mapped("'type': 'MOCK', 'requestTemplates': {%s}".formatted(type.formatted(X)))),
        scene ->
            scene.merge(
                mapped(
                    "'type': 'MOCK', 'responses': {'default': {"
                        + status
                        + ", 'responseTemplates': {%s}}}".formatted(type.formatted(X)))));
  }
}
