package io.portico.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import io.portico.server.config.ConfigLoader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Methods that want a token of a user pool, whose keys come over a real connection. */
@Timeout(120)
final class CognitoUserPoolsTest {
  private static final long LATE = 4_102_444_800L;
  private static final String UNAUTHORIZED = "{\"message\":\"Unauthorized\"}";
  private static final String DEFINITION =
      """
      openapi: 3.0.1
      info: {title: shop, version: "1"}
      paths:
        /me:
          get:
            security: [{pool: []}]
            responses: {"200": {description: ok}}
            x-amazon-apigateway-integration: &claims
              type: mock
              requestTemplates: {application/json: '{"statusCode": 200}'}
              responses:
                default:
                  statusCode: "200"
                  responseTemplates:
                    application/json: >-
                      $context.authorizer.claims.sub|$context.authorizer.claims['cognito:groups']|$context.authorizer.claims.email_verified|$context.authorizer.claims.auth_time|$context.authorizer.claims.exp
        /orders:
          get:
            security: [{pool: [orders/read, orders/write]}]
            responses: {"200": {description: ok}}
            x-amazon-apigateway-integration: *claims
        /function:
          get:
            security: [{pool: []}]
            x-amazon-apigateway-integration:
              type: aws_proxy
              httpMethod: POST
              uri: arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:f/invocations
        /mapped:
          get:
            security: [{pool: []}]
            x-amazon-apigateway-integration:
              type: http_proxy
              httpMethod: GET
              uri: BACKEND/mapped
              requestParameters:
                integration.request.header.X-User: context.authorizer.claims.cognito:username
                integration.request.header.X-Groups: context.authorizer.claims.cognito:groups
        /clients:
          get:
            security: [{clients: []}]
            responses: {"200": {description: ok}}
            x-amazon-apigateway-integration: *claims
      components:
        securitySchemes:
          pool:
            type: apiKey
            name: Authorization
            in: header
            x-amazon-apigateway-authtype: cognito_user_pools
            x-amazon-apigateway-authorizer:
              type: cognito_user_pools
              providerARNs:
                - arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_Other
                - arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_AbC123
          clients:
            type: apiKey
            name: X-Token
            in: header
            x-amazon-apigateway-authtype: cognito_user_pools
            x-amazon-apigateway-authorizer:
              type: cognito_user_pools
              identityValidationExpression: client[0-9]
              providerARNs:
                - arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_AbC123
      """;

  @TempDir private static Path logs = Path.of("");

  private final TokenIssuer issuer = TokenIssuer.start();
  private final HeardBackend backend = HeardBackend.start();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Gateway gateway =
      GatewayAssembly.start(
          new ConfigLoader()
              .load(
                  null,
                  Map.of(
                      "PORTICO_COGNITO_ISSUERS",
                      "*=" + issuer.url() + "/{pool}",
                      "PORTICO_LAMBDA_ENDPOINT",
                      backend.url(),
                      "PORTICO_ACCESS_LOG_FILE",
                      logs.resolve("access.log").toString()),
                  Map.of("port", "0", "ephemeral", "true"))
              .config());
  private final String api = deployed(gateway);

  @AfterEach
  void end() {
    gateway.close();
    client.close();
    issuer.close();
    backend.close();
  }

  @Test
  void functionsHaveTheClaimsInTheirEvents() throws Exception {
    HttpResponse<String> answer =
        get("/function", "Authorization", issuer.signed(issuer.identity().put("exp", LATE)));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode authorizer =
        Json.parse(backend.called().body()).path("requestContext").path("authorizer");
    assertThat(authorizer.propertyNames()).containsExactly("claims");
    assertThat(authorizer.path("claims").valueStream().allMatch(JsonNode::isString)).isTrue();
    assertThat(authorizer.at("/claims/cognito:groups").asString()).isEqualTo("admins,staff");
    assertThat(authorizer.at("/claims/exp").asString()).isEqualTo("Fri Jan 01 00:00:00 UTC 2100");
    assertThat(authorizer.at("/claims/token_use").asString()).isEqualTo("id");
  }

  @Test
  void mappingsAndAccessLogsHaveTheClaims() throws Exception {
    HttpResponse<String> answer = get("/mapped", "Authorization", issuer.signed(issuer.identity()));
    HttpResponse<String> refused = get("/mapped", "Authorization", "nobody");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    HeardBackend.Call call = backend.called();
    assertThat(call.headers().get("X-user")).containsExactly("ann");
    assertThat(call.headers().get("X-groups")).containsExactly("admins,staff");
    assertRefused(refused);
    Path log = logs.resolve("access.log");
    await(
        () ->
            Files.exists(log)
                && Files.readAllLines(log)
                    .containsAll(
                        List.of(
                            "200 6f1e 200 -",
                            "401 - 401 the token is refused: the token has not three parts")));
  }

  @Test
  void anIdentityTokenLetsItsBearerInAndItsClaimsAreTexts() throws Exception {
    ObjectNode claims = issuer.identity().put("exp", LATE);
    String token = issuer.signed(claims);

    HttpResponse<String> answer = me(token);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo("6f1e|admins,staff|true|1600000000|Fri Jan 01 00:00:00 UTC 2100");
    assertThat(me("Bearer " + token).statusCode()).isEqualTo(200);
    assertThat(me("bearer  " + token).statusCode()).isEqualTo(200);
    assertThat(issuer.requests()).containsExactly("/us-east-1_AbC123/.well-known/jwks.json");
  }

  @Test
  void aMethodWithScopesWantsAnAccessTokenWithOneOfThem() throws Exception {
    assertThat(orders(issuer.access("orders/read")).statusCode()).isEqualTo(200);
    assertThat(orders(issuer.access("email orders/write openid")).statusCode()).isEqualTo(200);

    assertRefused(orders(issuer.access("orders/reads orders")));
    assertRefused(orders(issuer.access("")));
    assertRefused(orders(issuer.identity().put("scope", "orders/read")));
    assertRefused(me(issuer.signed(issuer.access("orders/read"))));
  }

  @Test
  void theValidationExpressionIsForTheAudience() throws Exception {
    assertThat(clients(issuer.identity()).statusCode()).isEqualTo(200);
    ObjectNode several = issuer.identity();
    several.putArray("aud").add("someone").add("client1");
    assertThat(clients(several).statusCode()).isEqualTo(200);

    assertRefused(clients(issuer.identity().put("aud", "client77")));
    assertRefused(clients(issuer.identity().put("aud", "a client7")));
    ObjectNode nobody = issuer.identity();
    nobody.remove("aud");
    assertRefused(clients(nobody));
    // The header is another than that of the other authorizer.
    assertRefused(get("/clients", "Authorization", issuer.signed(issuer.identity())));
  }

  @Test
  void everyOtherTokenIsRefused() throws Exception {
    String token = issuer.signed(issuer.identity());
    long now = Instant.now().getEpochSecond();

    assertRefused(me("nobody"));
    assertRefused(me("Basic " + token));
    assertRefused(me("Bearer"));
    assertRefused(me(token + "x"));
    assertRefused(me(token.substring(0, token.lastIndexOf('.') + 1)));
    assertRefused(me(issuer.signed(issuer.identity().put("iss", issuer.url() + "/us-east-1_X"))));
    assertRefused(
        me(
            issuer.signed(
                issuer
                    .identity()
                    .put("iss", "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbC123"))));
    assertRefused(me(issuer.signed(issuer.identity().put("token_use", "refresh"))));
    assertRefused(me(issuer.signed(issuer.identity().put("nbf", now + 3000))));
    assertRefused(client.send(HttpRequest.newBuilder(url("/me")).build(), BodyHandlers.ofString()));
    assertRefused(
        client.send(
            HttpRequest.newBuilder(url("/me"))
                .header("Authorization", token)
                .header("Authorization", token)
                .build(),
            BodyHandlers.ofString()));
    try (TokenIssuer other = TokenIssuer.start()) {
      // Signed by another key of the same name.
      assertRefused(me(other.signed(issuer.identity())));
    }
  }

  @Test
  void aTokenWhoseTimeIsOverIsRefusedInOtherWords() throws Exception {
    long now = Instant.now().getEpochSecond();

    HttpResponse<String> answer = me(issuer.signed(issuer.identity().put("exp", now)));

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).isEqualTo("{\"message\":\"The incoming token has expired\"}");
    assertThat(answer.headers().firstValue("x-amzn-ErrorType")).contains("UnauthorizedException");
  }

  @Test
  void anAuthorizerIsTestedWithAnIdentityToken() {
    String authorizer = authorizer("pool");

    JsonNode known = tested(authorizer, issuer.signed(issuer.identity().put("exp", LATE)));
    JsonNode access = tested(authorizer, "Bearer " + issuer.signed(issuer.access("orders/read")));
    JsonNode expired = tested(authorizer, issuer.signed(issuer.identity().put("exp", 1)));

    assertThat(known.path("clientStatus").intValue()).isZero();
    assertThat(known.at("/claims/cognito:groups").asString()).isEqualTo("admins,staff");
    assertThat(known.at("/claims/exp").asString()).isEqualTo("Fri Jan 01 00:00:00 UTC 2100");
    assertThat(known.has("principalId")).isFalse();
    assertThat(known.has("policy")).isFalse();
    assertThat(known.path("log").asString())
        .contains(
            "Starting authorizer: " + authorizer + " for request: ", "Successfully completed");
    assertThat(access.path("clientStatus").intValue()).isEqualTo(401);
    assertThat(access.has("claims")).isFalse();
    assertThat(access.path("log").asString())
        .contains("Unauthorized request: ", "token_use is not id", "Unauthorized\n");
    assertThat(expired.path("clientStatus").intValue()).isEqualTo(401);
    assertThat(expired.path("log").asString()).contains("The incoming token has expired");
  }

  private String authorizer(String name) {
    JsonNode authorizers = gateway.call("GetAuthorizers", Json.object().put("restApiId", api));
    return authorizers
        .path("item")
        .valueStream()
        .filter(each -> each.path("name").asString().equals(name))
        .findFirst()
        .orElseThrow()
        .path("id")
        .asString();
  }

  private JsonNode tested(String authorizer, String token) {
    ObjectNode input = Json.object().put("restApiId", api).put("authorizerId", authorizer);
    input.putObject("headers").put("Authorization", token);
    return gateway.call("TestInvokeAuthorizer", input);
  }

  @Test
  void aKeyThatThePoolHasSinceAMomentIsFoundAndTheOneItHadIsForgotten() throws Exception {
    String before = issuer.signed(issuer.identity());
    assertThat(me(before).statusCode()).isEqualTo(200);

    issuer.rotates("second");
    String after = issuer.signed(issuer.identity());

    await(() -> me(after).statusCode() == 200);
    assertRefused(me(before));
  }

  @Test
  void tokensAreVerifiedWhileThePoolIsDown() throws Exception {
    String token = issuer.signed(issuer.identity());
    assertThat(me(token).statusCode()).isEqualTo(200);

    issuer.close();

    assertThat(me(token).statusCode()).isEqualTo(200);
    assertThat(me(issuer.signed(issuer.identity().put("sub", "other"))).body())
        .startsWith("other|");
  }

  @Test
  void keysThatCannotBeHadLetNobodyIn() throws Exception {
    String token = issuer.signed(issuer.identity());
    try (TokenIssuer elsewhere = TokenIssuer.start()) {
      for (Runnable trouble :
          List.<Runnable>of(
              () -> issuer.answers(200, "<html></html>"),
              () -> issuer.answers(200, "{\"keys\": [" + " ".repeat(200_000) + "]}"),
              () -> issuer.answers(404, "{\"keys\": []}"),
              () -> issuer.redirectsTo(elsewhere.url() + "/us-east-1_AbC123/keys"))) {
        trouble.run();
        int asked = issuer.requests().size();
        // Until it is asked again: after a failure that takes a moment.
        await(() -> unavailable(me(token)) && issuer.requests().size() > asked);
      }
      assertThat(elsewhere.requests()).isEmpty();
    }

    issuer.publishes();

    await(() -> me(token).statusCode() == 200);
  }

  @Test
  void manyThatComeAtOnceAskForTheKeysOnce() throws Exception {
    String token = issuer.signed(issuer.identity());
    CountDownLatch answered = issuer.waits();
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      answers.add(
          client.sendAsync(request("/me", "Authorization", token), BodyHandlers.ofString()));
    }
    await(() -> issuer.requests().size() == 1);
    answered.countDown();

    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      assertThat(answer.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }
    assertThat(issuer.requests()).hasSize(1);
  }

  @Test
  void thePoolIsWhereAwssClientsFindCognito() throws Exception {
    try (Gateway other =
        GatewayAssembly.start(
            new ConfigLoader()
                .load(null, Map.of(), Map.of("port", "0", "ephemeral", "true"))
                .config(),
            Map.of("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", issuer.url()))) {
      String id = deployed(other);
      ObjectNode ofAws =
          issuer
              .identity()
              .put("iss", "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbC123");
      for (ObjectNode claims : List.of(issuer.identity(), ofAws)) {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create(other.url() + "/_aws/execute-api/" + id + "/prod/me"))
                .header("Authorization", issuer.signed(claims))
                .build();
        assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
      }
    }
  }

  private static boolean unavailable(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).isEqualTo("{\"message\":null}");
    assertThat(answer.headers().firstValue("x-amzn-ErrorType"))
        .contains("AuthorizerConfigurationException");
    return true;
  }

  private static void assertRefused(HttpResponse<String> answer) {
    assertThat(answer.body()).isEqualTo(UNAUTHORIZED);
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("x-amzn-ErrorType")).contains("UnauthorizedException");
  }

  private HttpResponse<String> me(String authorization) throws IOException, InterruptedException {
    return get("/me", "Authorization", authorization);
  }

  private HttpResponse<String> orders(ObjectNode claims) throws IOException, InterruptedException {
    return get("/orders", "Authorization", issuer.signed(claims));
  }

  private HttpResponse<String> clients(ObjectNode claims) throws IOException, InterruptedException {
    return get("/clients", "X-Token", issuer.signed(claims));
  }

  private HttpResponse<String> get(String path, String header, String token)
      throws IOException, InterruptedException {
    return client.send(request(path, header, token), BodyHandlers.ofString());
  }

  private HttpRequest request(String path, String header, String token) {
    return HttpRequest.newBuilder(url(path)).header(header, token).build();
  }

  private URI url(String path) {
    return URI.create(gateway.url() + "/_aws/execute-api/" + api + "/prod" + path);
  }

  private String deployed(Gateway where) {
    String definition = DEFINITION.replace("BACKEND", backend.url());
    String id =
        where
            .call("ImportRestApi", Json.object().put("body", definition.getBytes(UTF_8)))
            .path("id")
            .asString();
    JsonNode _ =
        where.call("CreateDeployment", Json.object().put("restApiId", id).put("stageName", "prod"));
    ObjectNode change = Json.object().put("restApiId", id).put("stageName", "prod");
    ArrayNode operations = change.putArray("patchOperations");
    operations
        .addObject()
        .put("op", "replace")
        .put("path", "/accessLogSettings/destinationArn")
        .put("value", "arn:aws:logs:us-east-1:000000000000:log-group:a");
    operations
        .addObject()
        .put("op", "replace")
        .put("path", "/accessLogSettings/format")
        .put(
            "value",
            "$context.status $context.authorizer.claims.sub $context.authorizer.status"
                + " $context.authorizer.error");
    JsonNode _ = where.call("UpdateStage", change);
    return id;
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
    while (!condition.holds()) {
      assertThat(Instant.now()).as("the condition holds in time").isBefore(deadline);
      LockSupport.parkNanos(20_000_000);
    }
  }
}
