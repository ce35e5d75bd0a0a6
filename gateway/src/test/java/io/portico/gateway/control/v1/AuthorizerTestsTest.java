package io.portico.gateway.control.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tests of authorizers: what the function is told, and what the log says. */
final class AuthorizerTestsTest {
  private static final String DATE = "Fri Jan 02 03:04:05 UTC 2026 : ";
  private static final String REQUEST = NormalisedTestRuns.REQUEST_ID;

  private final TestControlPlane plane = new TestControlPlane();
  private final ObjectNode created = plane.call("CreateRestApi", Json.object().put("name", "pets"));
  private final String api = created.get("id").asString();

  @Test
  void theLogOfATokensAuthorizerTellsItFromTheTokenToThePolicy() throws IOException {
    String id = authorizer("guards", "TOKEN", "method.request.header.Token");

    ObjectNode answer = test(id, Json.object().set("headers", header("Token", "allow")));

    List<String> log = answer.get("log").asString().lines().toList();
    assertThat(log)
        .startsWith(
            "Execution log for request " + REQUEST,
            DATE + "Starting authorizer: " + id + " for request: " + REQUEST,
            DATE + "Incoming identity: ***ow")
        .endsWith(
            DATE + "Sending request to " + url("guards"),
            DATE
                + "Authorizer result body before parsing: {\"principalId\": \"user\","
                + " \"policyDocument\": {\"Version\": \"2012-10-17\", \"Statement\":"
                + " [{\"Action\": \"execute-api:Invoke\", \"Effect\": \"Deny\", \"Resource\":"
                + " \"*\"}]}}",
            DATE + "Using valid authorizer policy for principal: **er",
            DATE + "Successfully completed authorizer execution");
    assertThat(event())
        .isEqualTo(
            Json.object()
                .put("type", "TOKEN")
                .put(
                    "methodArn",
                    "arn:aws:execute-api:eu-west-1:111122223333:"
                        + api
                        + "/ESTestInvoke-stage/GET/")
                .put("authorizationToken", "allow"));
  }

  @Test
  void aRequestsAuthorizerSeesWhatTheTestBrings() throws IOException {
    String id =
        authorizer(
            "guards",
            "REQUEST",
            "method.request.querystring.q,stageVariables.v,context.identity.sourceIp");
    ObjectNode test = Json.object().put("pathWithQueryString", "/pets?q=1");
    test.putObject("stageVariables").put("v", "2");
    test.putObject("additionalContext").put("context.identity.sourceIp", "192.0.2.9");

    ObjectNode answer = test(id, test);

    assertThat(answer.get("clientStatus").intValue()).isZero();
    JsonNode event = event();
    assertThat(event.get("type").asString()).isEqualTo("REQUEST");
    assertThat(event.get("path").asString()).isEqualTo("/pets");
    assertThat(event.get("resource").asString()).isEqualTo("/");
    assertThat(event.at("/requestContext/resourcePath").asString()).isEqualTo("/");
    assertThat(event.at("/queryStringParameters/q").asString()).isEqualTo("1");
    assertThat(event.at("/stageVariables/v").asString()).isEqualTo("2");
    assertThat(event.at("/requestContext/identity/sourceIp").asString()).isEqualTo("192.0.2.9");
  }

  @Test
  void aRequestsAuthorizerIsNotAskedWithoutItsIdentitySources() {
    String id = authorizer("guards", "REQUEST", "context.identity.accountId");

    ObjectNode answer = test(id, Json.object());

    assertThat(answer.get("clientStatus").intValue()).isEqualTo(401);
    assertThat(plane.backends.sent).isEmpty();
  }

  @Test
  void everyFailureSaysWhy() {
    assertThat(failure("forbidden"))
        .endsWith(
            "Execution failed due to configuration error: Invalid permissions on Lambda function",
            "Execution failed due to configuration error: Authorizer error",
            "AuthorizerConfigurationException");
    assertThat(failure("gone"))
        .endsWith(
            "Lambda invocation failed with status: 404. Lambda request id: function-request",
            "Execution failed due to configuration error: Authorizer error",
            "AuthorizerConfigurationException");
    assertThat(failure("malformed"))
        .endsWith(
            "Authorizer result body before parsing: \"a text\"",
            "Execution failed due to configuration error: Could not parse policy",
            "AuthorizerConfigurationException");
    assertThat(failure("fails"))
        .endsWith(
            "Lambda execution failed with status 200 due to customer function error: no pets."
                + " Lambda request id: function-request",
            "Execution failed due to configuration error: Authorizer error",
            "AuthorizerConfigurationException");
    assertThat(failure("unknown")).endsWith("Unauthorized request: " + REQUEST, "Unauthorized");
  }

  @Test
  void whatAuthorizersHaveAnsweredIsForgottenWithAStageAndWhenItIsFlushed() {
    ObjectNode method =
        Json.object()
            .put("restApiId", api)
            .put("resourceId", created.get("rootResourceId").asString())
            .put("httpMethod", "GET");
    plane.call("PutMethod", method.deepCopy().put("authorizationType", "NONE"));
    plane.call("PutIntegration", method.deepCopy().put("type", "MOCK"));
    plane.call("CreateDeployment", Json.object().put("restApiId", api).put("stageName", "prod"));
    ObjectNode prod = Json.object().put("restApiId", api).put("stageName", "prod");

    plane.call("FlushStageAuthorizersCache", prod);
    plane.call("DeleteStage", prod);

    assertThat(plane.testRuns().flushed).containsExactly(api + "/prod", api + "/prod");
  }

  private List<String> failure(String function) {
    ObjectNode answer =
        test(
            authorizer(function, "TOKEN", "method.request.header.Token"),
            Json.object().set("headers", header("Token", "t")));
    assertThat(answer.get("clientStatus").intValue()).isIn(401, 500);
    assertThat(answer.has("principalId") || answer.has("policy")).isFalse();
    return answer
        .get("log")
        .asString()
        .lines()
        .skip(1)
        .map(line -> line.substring(DATE.length()))
        .toList();
  }

  private String authorizer(String function, String type, String identitySource) {
    return plane
        .call(
            "CreateAuthorizer",
            Json.object()
                .put("restApiId", api)
                .put("name", function)
                .put("type", type)
                .put("identitySource", identitySource)
                .put(
                    "authorizerUri",
                    "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/"
                        + arn(function)
                        + "/invocations"))
        .get("id")
        .asString();
  }

  private ObjectNode test(String authorizer, JsonNode input) {
    return plane.call(
        "TestInvokeAuthorizer",
        ((ObjectNode) input).put("restApiId", api).put("authorizerId", authorizer));
  }

  private static ObjectNode header(String name, String value) {
    return Json.object().put(name, value);
  }

  private JsonNode event() throws IOException {
    return Json.parse(plane.backends.sent.getLast().body().readAll(100_000));
  }

  private static String arn(String function) {
    return "arn:aws:lambda:eu-west-1:111122223333:function:" + function;
  }

  private static String url(String function) {
    return "https://lambda.test/2015-03-31/functions/"
        + arn(function).replace(":", "%3A")
        + "/invocations";
  }
}
