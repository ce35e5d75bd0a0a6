package io.portico.conformance;

import static io.portico.conformance.SmallApi.STAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.JavaSdk;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.PorticoProcess;
import io.portico.conformance.wire.Backend;
import io.portico.conformance.wire.Backend.Answer;
import io.portico.conformance.wire.Backend.Request;
import io.portico.conformance.wire.Caller;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * AWS_PROXY reaches a function over Lambda's Invoke API at the endpoint that the environment names.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LambdaProxyTest {
  private static final String FUNCTION =
      "arn:aws:lambda:" + Endpoint.REGION + ":" + Endpoint.ACCOUNT + ":function:hello";

  private volatile String reply = "{}";
  private final Backend lambda = Backend.answering(request -> new Answer(200, Map.of(), reply));
  private final PorticoProcess server =
      PorticoProcess.start(
          Map.of("AWS_ENDPOINT_URL_LAMBDA", "http://" + lambda.address()),
          "serve",
          "--ephemeral",
          "--port",
          "0");
  private String api = "";

  @BeforeAll
  void build() {
    try (JavaSdk sdk = JavaSdk.of(server.endpoint())) {
      SmallApi small = SmallApi.build(sdk, "127.0.0.1:9");
      String resource = small.resource(small.resource(small.root(), "functions"), "{name}");
      small.putMethod(resource, "POST", Map.of("method.request.path.name", true));
      sdk.call(
          "PutIntegration",
          Map.of(
              "restApiId",
              small.id(),
              "resourceId",
              resource,
              "httpMethod",
              "POST",
              "type",
              "AWS_PROXY",
              "integrationHttpMethod",
              "POST",
              "uri",
              "arn:aws:apigateway:"
                  + Endpoint.REGION
                  + ":lambda:path/2015-03-31/functions/"
                  + FUNCTION
                  + "/invocations"));
      api = small.deploy().id();
    }
  }

  @AfterAll
  void end() {
    server.close();
    lambda.close();
  }

  @Test
  void theFunctionSeesTheEventOfAws() {
    reply = "{\"statusCode\": 200}";

    call("/functions/a%2Fb?q=1&q=2", "{\"order\": 1}");
    Request invoke = lambda.taken();
    JsonNode event = JsonMapper.shared().readTree(invoke.body());

    assertThat(invoke.method()).isEqualTo("POST");
    assertThat(invoke.uri().getPath())
        .startsWith("/2015-03-31/functions/")
        .endsWith("hello/invocations");
    assertThat(invoke.header("Authorization"))
        .contains("/" + Endpoint.REGION + "/lambda/aws4_request");
    assertThat(event.propertyNames())
        .containsExactlyInAnyOrder(
            "resource",
            "path",
            "httpMethod",
            "headers",
            "multiValueHeaders",
            "queryStringParameters",
            "multiValueQueryStringParameters",
            "pathParameters",
            "stageVariables",
            "requestContext",
            "body",
            "isBase64Encoded");
    assertThat(event.path("resource").asString()).isEqualTo("/functions/{name}");
    assertThat(event.path("path").asString()).isEqualTo("/functions/a%2Fb");
    assertThat(event.at("/pathParameters/name").asString()).isEqualTo("a%2Fb");
    assertThat(event.at("/queryStringParameters/q").asString()).isEqualTo("2");
    assertThat(event.at("/multiValueQueryStringParameters/q").toString())
        .isEqualTo("[\"1\",\"2\"]");
    assertThat(event.path("body").asString()).isEqualTo("{\"order\": 1}");
    assertThat(event.path("isBase64Encoded").asBoolean()).isFalse();
    assertThat(event.path("stageVariables").isNull()).isTrue();
    assertThat(event.at("/requestContext/apiId").asString()).isEqualTo(api);
    assertThat(event.at("/requestContext/stage").asString()).isEqualTo(STAGE);
    assertThat(event.at("/requestContext/accountId").asString()).isEqualTo(Endpoint.ACCOUNT);
    assertThat(event.at("/requestContext/path").asString())
        .isEqualTo("/" + STAGE + "/functions/a%2Fb");
    assertThat(event.at("/requestContext/identity/sourceIp").asString()).isEqualTo("127.0.0.1");
  }

  @Test
  void itsReplyIsTheAnswer() {
    reply =
        """
        {"statusCode": "201", "headers": {"X-One": "1"}, "multiValueHeaders": {"X-Two": ["a", "b"]},
         "body": "aGVsbG8=", "isBase64Encoded": false}
        """;

    HttpResponse<String> answer = call("/functions/x", "{}");

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.headers().firstValue("X-One")).hasValue("1");
    assertThat(answer.headers().allValues("X-Two")).containsExactly("a", "b");
    assertThat(answer.body()).isEqualTo("aGVsbG8=");
  }

  @Test
  void aMalformedReplyIsABadGateway() {
    reply = "{\"wrongValue\": 1}";

    HttpResponse<String> answer = call("/functions/x", "{}");

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).isEqualTo("{\"message\": \"Internal server error\"}");
    assertThat(answer.headers().firstValue("x-amzn-ErrorType"))
        .hasValue("InternalServerErrorException");
  }

  private HttpResponse<String> call(String path, String body) {
    return Caller.send(
        HttpRequest.newBuilder(server.endpoint().pathForm(api, STAGE, path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }
}
