package io.portico.gateway.control.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.http.Body;
import io.portico.gateway.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tests of methods that call functions, and of methods that fail. */
final class MethodTestsTest {
  private static final String DATE = "Fri Jan 02 03:04:05 UTC 2026 : ";

  private final TestControlPlane plane = new TestControlPlane();

  @Test
  void aFunctionGetsTheEventOfATest() {
    Tested api = imported(function("makes"));

    ObjectNode answer = api.test(Json.object().put("pathWithQueryString", "/pets/7?q=1"));

    assertThat(answer.get("status").intValue()).isEqualTo(201);
    assertThat(answer.get("body").asString()).isEqualTo("made");
    assertThat(answer.get("headers").get("Content-Type").asString()).isEqualTo("text/plain");
    JsonNode event = sentToTheFunction();
    assertThat(event.get("headers").isNull()).isTrue();
    assertThat(event.get("multiValueHeaders").isNull()).isTrue();
    assertThat(event.get("path").asString()).isEqualTo("/pets/7");
    assertThat(event.get("resource").asString()).isEqualTo("/pets/{petId}");
    assertThat(event.get("pathParameters").get("petId").asString()).isEqualTo("7");
    assertThat(event.get("stageVariables").isNull()).isTrue();
    JsonNode context = event.get("requestContext");
    assertThat(context.has("deploymentId")).isFalse();
    assertThat(texts(context))
        .containsEntry("stage", "test-invoke-stage")
        .containsEntry("path", "/pets/7")
        .containsEntry("domainName", "testPrefix.testDomainName")
        .containsEntry("domainPrefix", "testPrefix")
        .containsEntry("requestId", NormalisedTestRuns.REQUEST_ID);
    assertThat(texts(context.get("identity")))
        .containsEntry("apiKey", "test-invoke-api-key")
        .containsEntry("apiKeyId", "test-invoke-api-key-id")
        .containsEntry("sourceIp", "test-invoke-source-ip")
        .containsEntry("userAgent", "tester/1.0")
        .containsEntry("accessKey", "AKIATESTER")
        .containsEntry("accountId", "111122223333")
        .containsEntry("caller", "111122223333")
        .containsEntry("user", "111122223333")
        .containsEntry("userArn", "arn:aws:iam::111122223333:root");
  }

  @Test
  void aFunctionThatSaysNoTypeIsGivenNone() {
    ObjectNode answer = imported(function("untyped")).test(Json.object());

    assertThat(answer.get("headers").propertyNames())
        .containsExactlyInAnyOrder("Date", "X-Amzn-Trace-Id");
    assertThat(lines(answer))
        .contains(DATE + "Method response headers: {Date=d, X-Amzn-Trace-Id=TRACE}");
  }

  @Test
  void theLogOfAFunctionHidesSecretsAndCutsLongEventsOff() {
    Tested api = imported(function("makes"));

    List<String> log = api.log(Json.object());

    assertThat(log)
        .filteredOn(line -> line.contains("Endpoint request URI: "))
        .singleElement()
        .asString()
        .startsWith(DATE + "Endpoint request URI: https://lambda.test/2015-03-31")
        .endsWith("makes/invocations");
    String headers = theOne(log, "Endpoint request headers: ");
    assertThat(headers)
        .contains("X-Portico-Source-Arn=arn:aws:execute-api:eu-west-1:111122223333:")
        .contains("/test-invoke-stage/GET/pets/{petId}")
        .containsPattern("Authorization=\\*{100,}[0-9a-f]{6}[,}]")
        .doesNotContain("Credential=")
        .doesNotContain("session's token");
    String body = theOne(log, "Endpoint request body after transformations: ");
    assertThat(body).endsWith(" [TRUNCATED]");
    assertThat(body.substring(DATE.length())).hasSize(1024 + " [TRUNCATED]".length());
    assertThat(log)
        .containsSubsequence(
            DATE + "Received response. Status: 200, Integration latency: 7 ms",
            DATE + "Method response body after transformations: made",
            DATE + "Method response headers: {Content-Type=text/plain, X-Amzn-Trace-Id=TRACE}",
            DATE + "Successfully completed execution",
            DATE + "Method completed with status: 201");
  }

  @Test
  void aStreamIsShownUntilItIsLongerThanAMegabyteAndNotLogged() {
    ObjectNode brief = imported(streamed("pets.test")).test(Json.object());
    ObjectNode endless = imported(streamed("endless.test")).test(Json.object());

    assertThat(brief.get("body").asString()).isEqualTo("{\"id\": 1}");
    assertThat(lines(brief)).hasSize(1);
    assertThat(endless.get("status").intValue()).isEqualTo(200);
    assertThat(endless.get("body").asString()).hasSizeBetween(1 << 20, (1 << 20) + 1000);
  }

  @Test
  void functionsThatFailSayWhyInTheLogAlone() {
    assertThat(imported(function("fails")).log(Json.object()))
        .endsWith(
            DATE
                + "Lambda execution failed with status 200 due to customer function error: no pets."
                + " Lambda request id: function-request",
            DATE + "Method completed with status: 502");
    assertThat(imported(function("malformed")).log(Json.object()))
        .endsWith(
            DATE + "Endpoint response body before transformations: \"a text\"",
            DATE + "Execution failed due to configuration error: Malformed Lambda proxy response",
            DATE + "Method completed with status: 502");
    assertThat(imported(function("forbidden")).log(Json.object()))
        .endsWith(
            DATE
                + "Execution failed due to configuration error: Invalid permissions on Lambda function",
            DATE + "Method completed with status: 500");

    assertThat(imported(function("throttled")).log(Json.object()))
        .endsWith(
            DATE + "Lambda invocation failed with status: 429. Lambda request id: function-request",
            DATE + "Execution failed due to configuration error: Rate Exceeded.",
            DATE + "Method completed with status: 500");
    assertThat(imported(function("gone")).log(Json.object()))
        .endsWith(
            DATE + "Lambda invocation failed with status: 404. Lambda request id: function-request",
            DATE + "Execution failed due to configuration error: ",
            DATE + "Method completed with status: 500");
    assertThat(imported(function("forbidden")).log(Json.object()))
        .noneMatch(line -> line.contains("Lambda invocation failed"));

    ObjectNode answer = imported(function("malformed")).test(Json.object());
    assertThat(answer.get("status").intValue()).isEqualTo(502);
    assertThat(answer.get("body").asString()).isEqualTo("{\"message\": \"Internal server error\"}");
    assertThat(texts(answer.get("headers")))
        .containsExactly(Map.entry("x-amzn-ErrorType", "InternalServerErrorException"));
  }

  @Test
  void backendsThatDoNotAnswer() {
    assertThat(imported(proxy("slow.test")).log(Json.object()))
        .endsWith(
            DATE + "Sending request to http://slow.test/",
            DATE + "Execution failed due to a timeout error: TIMEOUT: too slow",
            DATE + "Method completed with status: 504");
    assertThat(imported(proxy("down.test")).log(Json.object()))
        .endsWith(
            DATE
                + "Execution failed due to a network error communicating with endpoint:"
                + " CONNECT_FAILED: refused",
            DATE + "Method completed with status: 504");
  }

  @Test
  void whatIsCutOffEndsWithAWholeCharacter() {
    String body =
        theOne(
            imported(proxy("long.test")).log(Json.object()),
            "Method response body after transformations: ");

    String event = body.substring(DATE.length(), body.length() - " [TRUNCATED]".length());
    assertThat(event).matches("[a-zA-Z :]*\u00e9+");
    assertThat(event.getBytes(StandardCharsets.UTF_8).length).isBetween(1023, 1024);
  }

  @Test
  void brokenMappingsAreErrorsOfTheConfiguration() {
    assertThat(failure("{type: mock, requestTemplates: {application/json: '#if('}}"))
        .isEqualTo("Unable to transform request");
    assertThat(failure("{type: mock, requestTemplates: {application/json: '{}'}}"))
        .isEqualTo("statusCode should be an integer which defined in request template");
    assertThat(
            failure("{type: mock, requestTemplates: {application/json: '{\"statusCode\": 201}'}}"))
        .isEqualTo(
            "No match for output mapping and no default output mapping configured. Endpoint"
                + " Response Status Code: 201");
    assertThat(
            failure(
                """
                {type: mock, requestTemplates: {application/json: '{"statusCode": 200}'},
                 responses: {default: {statusCode: 404}}}"""))
        .isEqualTo("Output mapping refers to an invalid method response: 404");
    assertThat(
            failure(
                """
                {type: mock, requestTemplates: {application/json: '{"statusCode": 200}'},
                 responses: {default: {statusCode: 200, responseTemplates: {application/json: '#if('}}}}"""))
        .isEqualTo("Unable to transform response");
  }

  @Test
  void requestsAreValidated() {
    Tested api =
        imported(
            """
            x-amazon-apigateway-request-validators:
              all: {validateRequestBody: true, validateRequestParameters: true}
            components: {schemas: {Pet: {type: object, required: [name]}}}
            x-amazon-apigateway-gateway-responses:
              BAD_REQUEST_PARAMETERS:
                responseParameters: {gatewayresponse.header.X-Why: "'because'"}
            """,
            """
            x-amazon-apigateway-request-validator: all
            parameters: [{name: q, in: query, required: true, schema: {type: string}}]
            requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
            """,
            proxy("pets.test"));

    ObjectNode withQuery = Json.object().put("pathWithQueryString", "/pets/7?q=1");
    ObjectNode badBody = api.test(withQuery.deepCopy().put("body", "{}"));

    assertThat(badBody.get("status").intValue()).isEqualTo(400);
    assertThat(badBody.get("body").asString()).isEqualTo("{\"message\": \"Invalid request body\"}");
    assertThat(texts(badBody.get("headers")))
        .containsExactly(Map.entry("x-amzn-ErrorType", "BadRequestException"));
    assertThat(lines(badBody))
        .endsWith(
            DATE
                + "Request body does not match model schema for content type application/json:"
                + " [object has missing required properties ([\"name\"])]",
            DATE + "Method completed with status: 400");
    assertThat(lines(api.test(withQuery.deepCopy().put("body", "["))))
        .endsWith(
            DATE
                + "Request body does not match model schema for content type application/json:"
                + " [Unknown error parsing request body]",
            DATE + "Method completed with status: 400");
    assertThat(
            imported(
                    """
                    {type: http, httpMethod: GET, uri: 'http://pets.test/',
                     requestParameters: {integration.request.querystring.q: method.request.body.q}}""")
                .log(Json.object().put("body", "{")))
        .endsWith(
            DATE + "Execution failed: Invalid JSON in request body",
            DATE + "Method completed with status: 400");
    ObjectNode customised = api.test(Json.object().put("body", "{\"name\": \"Rex\"}"));
    assertThat(texts(customised.get("headers"))).containsEntry("X-Why", "because");
    assertThat(lines(customised))
        .endsWith(
            DATE + "Missing required request parameters: [q]",
            DATE + "Gateway response type: BAD_REQUEST_PARAMETERS with status code: 400",
            DATE
                + "Gateway response body: {\"message\":\"Missing required request parameters: [q]\"}",
            DATE
                + "Gateway response headers: {Content-Type=application/json,"
                + " x-amzn-ErrorType=BadRequestException, X-Why=because}",
            DATE + "Method completed with status: 400");
  }

  @Test
  void nothingThatClosesAnApiClosesATest() {
    Tested api =
        imported(
            """
            x-amazon-apigateway-policy: {Version: '2012-10-17', Statement: []}
            x-amazon-apigateway-endpoint-configuration: {disableExecuteApiEndpoint: true}
            """,
            "x-amazon-apigateway-auth: {type: AWS_IAM}",
            proxy("pets.test"));
    Object before = plane.store.state();

    ObjectNode answer = api.test(Json.object());

    assertThat(answer.get("status").intValue()).isEqualTo(200);
    assertThat(answer.get("multiValueHeaders").get("X-Kind")).hasSize(2);
    assertThat(answer.get("headers").get("X-Kind").asString()).isEqualTo("b");
    assertThat(plane.store.state()).isSameAs(before);
  }

  @Test
  void stageVariablesOfTheTestAreThoseOfTheMethod() {
    Tested api = imported(proxy("${stageVariables.host}"));
    ObjectNode input = Json.object();
    input.putObject("stageVariables").put("host", "pets.test");

    assertThat(api.test(input).get("status").intValue()).isEqualTo(200);
    assertThat(api.test(Json.object()).get("status").intValue()).isEqualTo(500);
  }

  private String failure(String integration) {
    List<String> log = imported(integration).log(Json.object());
    assertThat(log.getLast()).isEqualTo(DATE + "Method completed with status: 500");
    String line = log.get(log.size() - 2);
    String label = DATE + "Execution failed due to configuration error: ";
    assertThat(line).startsWith(label);
    return line.substring(label.length());
  }

  private JsonNode sentToTheFunction() {
    Body body = plane.backends.sent.getLast().body();
    return Json.parse(new String(((Body.Buffered) body).bytes(), StandardCharsets.UTF_8));
  }

  private static String function(String name) {
    return """
        {type: aws_proxy, httpMethod: POST, uri: 'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31\
        /functions/arn:aws:lambda:us-east-1:111122223333:function:%s/invocations'}"""
        .formatted(name);
  }

  private static String proxy(String host) {
    return "{type: http_proxy, httpMethod: GET, uri: 'http://%s/'}".formatted(host);
  }

  private static String streamed(String host) {
    return "{type: http_proxy, httpMethod: GET, uri: 'http://%s/', responseTransferMode: STREAM}"
        .formatted(host);
  }

  private Tested imported(String integration) {
    return imported("", "", integration);
  }

  /**
   * An API with one method, {@code GET /pets/{petId}}.
   *
   * @param ofApi more of the document
   * @param ofMethod more of the method
   */
  private Tested imported(String ofApi, String ofMethod, String integration) {
    String document =
        """
        openapi: 3.0.1
        info: {title: pets, version: 1}
        %s
        paths:
          /pets/{petId}:
            get:
              responses: {200: {description: ok}}
        %s
              x-amazon-apigateway-integration:
        %s
        """
            .formatted(ofApi, ofMethod.indent(6), integration.indent(8));
    String api =
        plane
            .call(
                "ImportRestApi",
                Json.object().put("body", document.getBytes(StandardCharsets.UTF_8)))
            .get("id")
            .asString();
    String resource = "";
    for (JsonNode item :
        plane.call("GetResources", Json.object().put("restApiId", api)).get("item")) {
      if (item.get("path").asString().equals("/pets/{petId}")) {
        resource = item.get("id").asString();
      }
    }
    return new Tested(api, resource);
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new TreeMap<>();
    object
        .properties()
        .forEach(member -> texts.put(member.getKey(), member.getValue().asString("")));
    return texts;
  }

  private static List<String> lines(ObjectNode answer) {
    String log = answer.get("log").asString();
    assertThat(log).endsWith("\n");
    return Arrays.asList(log.split("\n", -1)).subList(0, log.split("\n", -1).length - 1);
  }

  private static String theOne(List<String> log, String label) {
    List<String> found = log.stream().filter(line -> line.startsWith(DATE + label)).toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private final class Tested {
    private final String api;
    private final String resource;

    Tested(String api, String resource) {
      this.api = api;
      this.resource = resource;
    }

    ObjectNode test(ObjectNode input) {
      return plane.call(
          "TestInvokeMethod",
          input.put("restApiId", api).put("resourceId", resource).put("httpMethod", "GET"));
    }

    List<String> log(ObjectNode input) {
      return lines(test(input));
    }
  }
}
