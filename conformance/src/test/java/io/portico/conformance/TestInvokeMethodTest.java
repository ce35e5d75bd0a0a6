package io.portico.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.conformance.client.AwsClient;
import io.portico.conformance.client.AwsFailure;
import io.portico.conformance.client.EveryClient;
import io.portico.conformance.process.Needed;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import io.portico.conformance.wire.Backend;
import io.portico.conformance.wire.Backend.Answer;
import io.portico.conformance.wire.Backend.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.Runtime;
import tools.jackson.databind.JsonNode;

/** Methods are tested before anything is deployed, with every kind of integration. */
@Portico
final class TestInvokeMethodTest {
  private static final AtomicInteger FUNCTIONS = new AtomicInteger();

  @TempDir Path folder;

  @EveryClient
  void aMockAnswersWithoutADeployment(AwsClient client, Endpoint endpoint) {
    SmallApi api = SmallApi.build(client, "127.0.0.1:9");

    JsonNode answer =
        test(api, api.pet(), "GET", Map.of("pathWithQueryString", "/pets/123?foo=bar"));

    assertThat(answer.path("status").asInt()).isEqualTo(200);
    assertThat(answer.path("body").asString()).isEqualTo("{\"pet\": \"123\"}");
    assertThat(answer.at("/headers/Content-Type").asString()).isEqualTo("application/json");
    assertThat(answer.at("/multiValueHeaders/Content-Type/0").asString())
        .isEqualTo("application/json");
    assertThat(answer.path("latency").isIntegralNumber()).isTrue();
    assertThat(answer.path("log").asString())
        .matches("(?s)Execution log for request [0-9a-f-]{36}\n.*")
        .contains(" UTC ")
        .contains(" : HTTP Method: GET, Resource Path: /pets/123\n")
        .contains(" : Method request path: {petId=123}\n")
        .contains(" : Method request query string: {foo=bar}\n")
        .contains(" : Method response body after transformations: {\"pet\": \"123\"}\n")
        .endsWith(" : Successfully completed execution\n" + last(answer, 200));
  }

  @EveryClient
  void aProxiedBackendIsCalled(AwsClient client, Endpoint endpoint) {
    try (Backend backend =
        Backend.answering(request -> new Answer(202, Map.of("X-Kind", "cat"), request.body()))) {
      SmallApi api = SmallApi.build(client, backend.address());

      JsonNode answer =
          test(
              api,
              api.proxy(),
              "PUT",
              Map.of(
                  "pathWithQueryString",
                  "/backend/a/b?c=d",
                  "body",
                  "hello",
                  "headers",
                  Map.of("X-One", "1"),
                  "multiValueHeaders",
                  Map.of("X-Two", List.of("2", "3"))));
      Request taken = backend.taken();

      assertThat(answer.path("status").asInt()).isEqualTo(202);
      assertThat(answer.path("body").asString()).isEqualTo("hello");
      assertThat(answer.at("/headers/X-kind").asString(answer.at("/headers/X-Kind").asString("")))
          .isEqualTo("cat");
      assertThat(taken.method()).isEqualTo("PUT");
      assertThat(taken.uri()).hasToString("/a/b?c=d");
      assertThat(taken.body()).isEqualTo("hello");
      assertThat(taken.header("X-one")).isEqualTo("1");
      assertThat(taken.headers().get("X-two")).containsExactly("2", "3");
      assertThat(answer.path("log").asString())
          .contains(" : Endpoint request URI: http://" + backend.address() + "/a/b?c=d\n")
          .contains(" : Endpoint request body after transformations: hello\n")
          .contains(" : Sending request to http://" + backend.address() + "/a/b?c=d\n")
          .containsPattern(" : Received response. Status: 202, Integration latency: \\d+ ms\n")
          .contains(" : Endpoint response body before transformations: hello\n")
          .endsWith(last(answer, 202));
    }
  }

  @EveryClient
  void aBackendIsCalledThroughMappings(AwsClient client, Endpoint endpoint) {
    try (Backend backend = Backend.answering(request -> Answer.ok("{\"got\": 1}"))) {
      SmallApi api = SmallApi.build(client, "127.0.0.1:9");
      String resource = api.resource(api.root(), "mapped");
      api.mock(
          resource,
          "POST",
          Map.of("application/json", "{\"statusCode\": 200}"),
          Map.of("application/json", "{\"answer\": $input.body}"));
      api.client()
          .call(
              "PutIntegration",
              Map.of(
                  "restApiId",
                  api.id(),
                  "resourceId",
                  resource,
                  "httpMethod",
                  "POST",
                  "type",
                  "HTTP",
                  "integrationHttpMethod",
                  "POST",
                  "uri",
                  "http://${stageVariables.backend}/mapped",
                  "requestTemplates",
                  Map.of("application/json", "{\"wrapped\": $input.body}")));
      respond(api, resource, "{\"answer\": $input.body}");

      JsonNode answer =
          test(
              api,
              resource,
              "POST",
              Map.of("body", "{}", "stageVariables", Map.of("backend", backend.address())));

      assertThat(answer.path("status").asInt()).as("%s", answer).isEqualTo(200);
      assertThat(answer.path("body").asString()).isEqualTo("{\"answer\": {\"got\": 1}}");
      assertThat(backend.taken().body()).isEqualTo("{\"wrapped\": {}}");
      assertThat(answer.path("log").asString())
          .contains(" : Method request body before transformations: {}\n")
          .contains(" : Endpoint request body after transformations: {\"wrapped\": {}}\n")
          .contains(" : Endpoint response body before transformations: {\"got\": 1}\n")
          .contains(" : Method response body after transformations: {\"answer\": {\"got\": 1}}\n");
    }
  }

  @EveryClient
  void aFunctionIsInvoked(AwsClient client, Endpoint endpoint) throws IOException {
    Path _ = Needed.program("node");
    String function = function(endpoint);
    SmallApi api = SmallApi.build(client, "127.0.0.1:9");
    String resource = api.resource(api.root(), "function");
    api.putMethod(resource, "POST", Map.of());
    api.client()
        .call(
            "PutIntegration",
            Map.of(
                "restApiId",
                api.id(),
                "resourceId",
                resource,
                "httpMethod",
                "POST",
                "type",
                "AWS_PROXY",
                "integrationHttpMethod",
                "POST",
                "uri",
                "arn:aws:apigateway:%s:lambda:path/2015-03-31/functions/%s/invocations"
                    .formatted(Endpoint.REGION, function)));

    JsonNode made = test(api, resource, "POST", Map.of("body", "a pet"));
    JsonNode failed = test(api, resource, "POST", Map.of("body", "fail"));

    assertThat(made.path("status").asInt()).as("%s", made).isEqualTo(201);
    assertThat(made.path("body").asString())
        .isEqualTo("a pet of test-invoke-stage, arn:aws:iam::" + Endpoint.ACCOUNT + ":root");
    assertThat(made.path("log").asString())
        .contains("/invocations\n")
        .containsPattern("Authorization=\\*+[0-9a-f]{6}[,}]")
        .endsWith(last(made, 201));
    assertThat(failed.path("status").asInt()).isEqualTo(502);
    assertThat(failed.path("body").asString())
        .isEqualTo("{\"message\": \"Internal server error\"}");
    assertThat(failed.path("log").asString())
        .containsPattern(
            " : Lambda execution failed with status 200 due to customer function error: no pets\\."
                + " Lambda request id: [0-9a-f-]{36}\n")
        .endsWith(last(failed, 502));
  }

  @EveryClient
  void whatCannotBeTestedSaysWhy(AwsClient client, Endpoint endpoint) {
    SmallApi api = SmallApi.build(client, "nowhere.invalid");

    AwsFailure noResource =
        catchThrowableOfType(AwsFailure.class, () -> test(api, "nowhere", "GET", Map.of()));
    AwsFailure noMethod =
        catchThrowableOfType(AwsFailure.class, () -> test(api, api.pet(), "PUT", Map.of()));
    JsonNode badPath =
        test(api, api.pet(), "GET", Map.of("pathWithQueryString", "/pets/../secret"));
    JsonNode noBackend = test(api, api.proxy(), "GET", Map.of());

    assertThat(noResource.code()).isEqualTo("NotFoundException");
    assertThat(noResource.text()).contains("Invalid Resource identifier specified");
    assertThat(noMethod.code()).isEqualTo("NotFoundException");
    assertThat(noMethod.text()).contains("Invalid Method identifier specified");
    assertThat(badPath.path("status").asInt()).isEqualTo(400);
    assertThat(noBackend.path("status").asInt()).isEqualTo(500);
    assertThat(noBackend.path("headers").propertyNames()).containsExactly("x-amzn-ErrorType");
    assertThat(noBackend.path("log").asString())
        .contains(" : Execution failed due to configuration error: Invalid endpoint address\n")
        .endsWith(last(noBackend, 500));
  }

  private static JsonNode test(
      SmallApi api, String resource, String method, Map<String, ?> request) {
    Map<String, Object> input = new HashMap<>(request);
    input.put("restApiId", api.id());
    input.put("resourceId", resource);
    input.put("httpMethod", method);
    return api.client().call("TestInvokeMethod", input);
  }

  /** The last line, which has the date of the one before. */
  private static String last(JsonNode answer, int status) {
    String log = answer.path("log").asString();
    int begin = log.lastIndexOf('\n', log.length() - 2) + 1;
    return log.substring(begin, log.indexOf(" : ", begin))
        + " : Method completed with status: "
        + status
        + "\n";
  }

  private static void respond(SmallApi api, String resource, String template) {
    api.client()
        .call(
            "PutIntegrationResponse",
            Map.of(
                "restApiId",
                api.id(),
                "resourceId",
                resource,
                "httpMethod",
                "POST",
                "statusCode",
                "200",
                "responseTemplates",
                Map.of("application/json", template)));
  }

  /** A function that any test of an API may invoke. */
  private String function(Endpoint endpoint) throws IOException {
    String name = "tested" + FUNCTIONS.incrementAndGet();
    Files.writeString(
        folder.resolve("index.mjs"),
        """
        export const handler = async event => {
          if (event.body === 'fail') throw new Error('no pets');
          const context = event.requestContext;
          return {statusCode: 201,
            body: `${event.body} of ${context.stage}, ${context.identity.userArn}`};
        };
        """);
    try (LambdaClient lambda = lambda(endpoint)) {
      String arn =
          lambda
              .createFunction(
                  request ->
                      request
                          .functionName(name)
                          .runtime(Runtime.NODEJS20_X)
                          .handler("index.handler")
                          .timeout(20)
                          .role("arn:aws:iam::000000000000:role/any")
                          .code(place -> place.s3Bucket("_portico").s3Key(folder.toString())))
              .functionArn();
      lambda.waiter().waitUntilFunctionActiveV2(request -> request.functionName(name));
      lambda.addPermission(
          request ->
              request
                  .functionName(name)
                  .statementId("tests")
                  .action("lambda:InvokeFunction")
                  .principal("apigateway.amazonaws.com")
                  .sourceArn(
                      "arn:aws:execute-api:%s:%s:*/test-invoke-stage/*"
                          .formatted(Endpoint.REGION, Endpoint.ACCOUNT)));
      return arn;
    }
  }

  private static LambdaClient lambda(Endpoint endpoint) {
    return LambdaClient.builder()
        .endpointOverride(endpoint.uri())
        .region(Region.of(Endpoint.REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(Endpoint.ACCESS_KEY, Endpoint.ACCESS_KEY)))
        .httpClientBuilder(Apache5HttpClient.builder())
        .build();
  }
}
