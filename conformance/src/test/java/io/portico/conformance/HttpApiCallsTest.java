package io.portico.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.AwsService;
import io.portico.conformance.client.JavaSdk;
import io.portico.conformance.client.ServiceClient;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.PorticoProcess;
import io.portico.conformance.wire.Backend;
import io.portico.conformance.wire.Backend.Answer;
import io.portico.conformance.wire.Backend.Request;
import io.portico.conformance.wire.Caller;
import io.portico.conformance.wire.TokenIssuer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An HTTP API is made by the AWS SDK and called: an HTTP backend, a function, an issuer's tokens.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HttpApiCallsTest {
  private static final String FUNCTION =
      "arn:aws:lambda:" + Endpoint.REGION + ":" + Endpoint.ACCOUNT + ":function:hello";

  private final Backend backend =
      Backend.answering(request -> new Answer(200, Map.of("X-Own", "1"), request.uri().toString()));
  private final Backend lambda =
      Backend.answering(
          request -> new Answer(200, Map.of(), "{\"message\": \"from the function\"}"));
  private final TokenIssuer issuer = new TokenIssuer();
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
      ServiceClient v2 = sdk.of(AwsService.API_GATEWAY_V2);
      api =
          v2.call(
                  "CreateApi",
                  Map.of(
                      "Name",
                      "pets",
                      "ProtocolType",
                      "HTTP",
                      "CorsConfiguration",
                      Map.of(
                          "AllowOrigins",
                          List.of("https://www.example.com"),
                          "AllowMethods",
                          List.of("GET"))))
              .path("ApiId")
              .asString();
      String authorizer =
          v2.call(
                  "CreateAuthorizer",
                  Map.of(
                      "ApiId",
                      api,
                      "AuthorizerType",
                      "JWT",
                      "Name",
                      "tokens",
                      "IdentitySource",
                      List.of("$request.header.Authorization"),
                      "JwtConfiguration",
                      Map.of("Issuer", issuer.name(), "Audience", List.of("client7"))))
              .path("AuthorizerId")
              .asString();
      String http =
          integration(
              v2,
              Map.of(
                  "IntegrationType",
                  "HTTP_PROXY",
                  "IntegrationMethod",
                  "ANY",
                  "IntegrationUri",
                  "http://" + backend.address() + "/base/{proxy}",
                  "PayloadFormatVersion",
                  "1.0",
                  "RequestParameters",
                  Map.of("overwrite:header.x-route", "$context.routeKey")));
      String function =
          integration(
              v2,
              Map.of(
                  "IntegrationType",
                  "AWS_PROXY",
                  "IntegrationUri",
                  FUNCTION,
                  "PayloadFormatVersion",
                  "2.0"));
      route(v2, "ANY /pets/{proxy+}", http, Map.of());
      route(v2, "GET /function", function, Map.of());
      route(
          v2,
          "GET /guarded",
          function,
          Map.of("AuthorizationType", "JWT", "AuthorizerId", authorizer));
      v2.call("CreateStage", Map.of("ApiId", api, "StageName", "$default", "AutoDeploy", true));
    }
  }

  private String integration(ServiceClient v2, Map<String, ?> members) {
    Map<String, Object> input = new HashMap<>(members);
    input.put("ApiId", api);
    return v2.call("CreateIntegration", input).path("IntegrationId").asString();
  }

  private void route(ServiceClient v2, String key, String integration, Map<String, ?> members) {
    Map<String, Object> input = new HashMap<>(members);
    input.put("ApiId", api);
    input.put("RouteKey", key);
    input.put("Target", "integrations/" + integration);
    v2.call("CreateRoute", input);
  }

  @AfterAll
  void end() {
    server.close();
    backend.close();
    lambda.close();
    issuer.close();
  }

  private URI url(String path) {
    return server.endpoint().uri().resolve("/_aws/execute-api/" + api + path);
  }

  @Test
  void anHttpBackendGetsTheRequest() {
    HttpResponse<String> answer = Caller.get(url("/pets/a/b?x=1"));
    Request request = backend.taken();

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("/base/a/b?x=1");
    assertThat(answer.headers().firstValue("X-Own")).hasValue("1");
    assertThat(answer.headers().firstValue("Apigw-Requestid")).isPresent();
    assertThat(request.header("X-route")).isEqualTo("ANY /pets/{proxy+}");
    assertThat(request.header("Forwarded")).startsWith("for=127.0.0.1;host=");
    assertThat(request.header("Via")).isEqualTo("HTTP/1.1 AmazonAPIGateway");
  }

  @Test
  void anApiIsCalledByItsOwnHost() {
    HttpResponse<String> answer =
        Caller.get(server.endpoint().uri().resolve("/pets/1"), server.endpoint().host(api));
    Request _ = backend.taken();

    assertThat(answer.body()).isEqualTo("/base/1");
  }

  @Test
  void aFunctionGetsTheEventOfFormatTwo() {
    HttpResponse<String> answer = Caller.get(url("/function?x=1&x=2"));
    JsonNode event = JsonMapper.shared().readTree(lambda.taken().body());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"message\":\"from the function\"}");
    assertThat(event.path("version").asString()).isEqualTo("2.0");
    assertThat(event.path("rawPath").asString()).isEqualTo("/function");
    assertThat(event.at("/queryStringParameters/x").asString()).isEqualTo("1,2");
    assertThat(event.at("/requestContext/stage").asString()).isEqualTo("$default");
  }

  @Test
  void aTokenLetsItsBearerIn() {
    HttpResponse<String> none = Caller.get(url("/guarded"));
    HttpResponse<String> other = guarded(issuer.token("client8"));
    HttpResponse<String> right = guarded(issuer.token("client7"));
    JsonNode event = JsonMapper.shared().readTree(lambda.taken().body());

    assertThat(none.statusCode()).isEqualTo(401);
    assertThat(none.headers().firstValue("www-authenticate")).hasValue("Bearer");
    assertThat(other.statusCode()).isEqualTo(401);
    assertThat(other.headers().firstValue("www-authenticate"))
        .hasValueSatisfying(
            challenge -> assertThat(challenge).contains("does not have a valid audience"));
    assertThat(right.statusCode()).isEqualTo(200);
    assertThat(event.at("/requestContext/authorizer/jwt/claims/sub").asString()).isEqualTo("me");
  }

  private HttpResponse<String> guarded(String token) {
    return Caller.send(
        HttpRequest.newBuilder(url("/guarded")).header("Authorization", "Bearer " + token).GET());
  }

  @Test
  void whatNoRouteTakesIsNotFound() {
    HttpResponse<String> answer = Caller.get(url("/nowhere"));

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).isEqualTo("{\"message\":\"Not Found\"}");
  }

  @Test
  void aPreflightIsAnsweredByTheConfiguration() {
    HttpResponse<String> answer =
        Caller.send(
            HttpRequest.newBuilder(url("/function"))
                .header("Origin", "https://www.example.com")
                .header("Access-Control-Request-Method", "GET")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
        .hasValue("https://www.example.com");
  }
}
