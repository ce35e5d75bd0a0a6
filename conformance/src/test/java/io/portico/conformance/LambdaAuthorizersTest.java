package io.portico.conformance;

import static io.portico.conformance.SmallApi.STAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.JavaSdk;
import io.portico.conformance.process.Needed;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.PorticoProcess;
import io.portico.conformance.wire.Caller;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.Runtime;
import tools.jackson.databind.JsonNode;

/** Lambda authorizers that are functions in Node.js, of a packaged server. */
final class LambdaAuthorizersTest {
  private static final String FUNCTION =
      "arn:aws:lambda:" + Endpoint.REGION + ":" + Endpoint.ACCOUNT + ":function:guard";
  private static final String URI =
      "arn:aws:apigateway:"
          + Endpoint.REGION
          + ":lambda:path/2015-03-31/functions/"
          + FUNCTION
          + "/invocations";

  /** Does what it is told, by a token or a query parameter. */
  private static final String CODE =
      """
      import { randomUUID } from 'node:crypto';
      export const handler = async (event) => {
        const told = event.authorizationToken ?? event.queryStringParameters.who;
        if (told === 'unauthorized') throw new Error('Unauthorized');
        if (told === 'fail') throw new Error('a secret');
        if (told === 'malformed') return { principalId: 'me' };
        if (told === 'nested') return { ...allowed(event, told), context: { a: { b: 1 } } };
        const answer = allowed(event, told);
        if (told === 'deny') answer.policyDocument.Statement[0].Effect = 'Deny';
        if (told === 'elsewhere') answer.policyDocument.Statement[0].Resource += '/elsewhere';
        return answer;
      };
      const allowed = (event, told) => ({
        principalId: told,
        policyDocument: {
          Version: '2012-10-17',
          Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: event.methodArn }],
        },
        context: { answer: randomUUID(), line: 'a\\r\\nX-Injected: 1' },
      });
      """;

  @TempDir static Path folder;

  private static PorticoProcess server;
  private static LambdaClient lambda;
  private static JavaSdk sdk;

  @BeforeAll
  static void aFunctionIsThere() throws IOException {
    Path _ = Needed.program("node");
    server = PorticoProcess.ephemeral();
    sdk = JavaSdk.of(server.endpoint());
    lambda =
        LambdaClient.builder()
            .endpointOverride(server.endpoint().uri())
            .region(Region.of(Endpoint.REGION))
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(Endpoint.ACCESS_KEY, Endpoint.ACCESS_KEY)))
            .httpClientBuilder(Apache5HttpClient.builder())
            .build();
    Files.writeString(folder.resolve("index.mjs"), CODE);
    lambda.createFunction(
        request ->
            request
                .functionName("guard")
                .runtime(Runtime.NODEJS20_X)
                .handler("index.handler")
                .timeout(20)
                .role("arn:aws:iam::000000000000:role/any")
                .code(place -> place.s3Bucket("_portico").s3Key(folder.toString())));
    lambda.waiter().waitUntilFunctionActiveV2(request -> request.functionName("guard"));
  }

  @AfterAll
  static void everythingEnds() throws IOException {
    if (server != null) {
      lambda.close();
      sdk.close();
      server.close();
    }
  }

  /**
   * An API whose pets are guarded.
   *
   * @param authorizer its id
   */
  private record Guarded(SmallApi api, String authorizer) {

    static Guarded by(Map<String, ?> members, boolean permitted) {
      SmallApi api = SmallApi.build(sdk, "127.0.0.1:9");
      Map<String, Object> input = new HashMap<>(members);
      input.put("restApiId", api.id());
      input.put("name", "guard");
      input.put("authorizerUri", URI);
      String authorizer = sdk.call("CreateAuthorizer", input).get("id").asString();
      String resource = api.resource(api.root(), "answers");
      api.mock(
          resource,
          "GET",
          Map.of("application/json", "{\"statusCode\": 200}"),
          Map.of("application/json", "$context.authorizer.answer"));
      api.patch(
          "UpdateMethod",
          Map.of("resourceId", resource, "httpMethod", "GET"),
          List.of(
              SmallApi.replace("/authorizationType", "CUSTOM"),
              SmallApi.replace("/authorizerId", authorizer)));
      api.deploy();
      if (permitted) {
        lambda.addPermission(
            request ->
                request
                    .functionName("guard")
                    .statementId(api.id())
                    .action("lambda:InvokeFunction")
                    .principal("apigateway.amazonaws.com")
                    .sourceArn(
                        "arn:aws:execute-api:%s:%s:%s/authorizers/%s"
                            .formatted(Endpoint.REGION, Endpoint.ACCOUNT, api.id(), authorizer)));
      }
      return new Guarded(api, authorizer);
    }

    HttpResponse<String> call(String query, String... headers) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(server.endpoint().pathForm(api.id(), STAGE, "/answers" + query));
      return Caller.send(headers.length == 0 ? request : request.headers(headers));
    }

    HttpResponse<String> withToken(String token) {
      return call("", "Token", token);
    }

    void isAnswered(String token, int status, String body) {
      HttpResponse<String> response = withToken(token);
      assertThat(response.body()).as(token).isEqualTo(body);
      assertThat(response.statusCode()).as(token).isEqualTo(status);
    }
  }

  private static Guarded byToken() {
    return Guarded.by(
        Map.of("type", "TOKEN", "identitySource", "method.request.header.Token"), true);
  }

  @Test
  void aTokenIsLetInDeniedNotKnownOrTheAuthorizersFault() {
    Guarded api = byToken();

    assertThat(api.withToken("me").statusCode()).isEqualTo(200);
    api.isAnswered(
        "deny",
        403,
        "{\"Message\":\"User is not authorized to access this resource with an explicit deny\"}");
    api.isAnswered(
        "elsewhere", 403, "{\"Message\":\"User is not authorized to access this resource\"}");
    api.isAnswered("unauthorized", 401, "{\"message\":\"Unauthorized\"}");
    for (String fault : List.of("fail", "malformed", "nested")) {
      api.isAnswered(fault, 500, "{\"message\":null}");
    }
    assertThat(api.call("").statusCode()).isEqualTo(401);
  }

  @Test
  void anAnswerIsKeptForItsCallerUntilTheStageIsFlushed() {
    Guarded api = byToken();

    String first = api.withToken("me").body();
    String again = api.withToken("me").body();
    String other = api.withToken("somebody").body();
    sdk.call("FlushStageAuthorizersCache", Map.of("restApiId", api.api.id(), "stageName", STAGE));
    String flushed = api.withToken("me").body();

    assertThat(again).isEqualTo(first);
    assertThat(Set.of(first, other, flushed)).hasSize(3);
  }

  @Test
  void manyWhoComeAtOnceWithOneTokenAskOnce() throws Exception {
    Guarded api = byToken();
    Set<String> answers = new HashSet<>();

    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> calls =
          Stream.generate(() -> callers.submit(() -> api.withToken("all").body()))
              .limit(20)
              .toList();
      for (Future<String> call : calls) {
        answers.add(call.get(60, TimeUnit.SECONDS));
      }
    }

    assertThat(answers).hasSize(1).allMatch(answer -> answer.length() == 36);
  }

  @Test
  void aRequestIsAskedAboutByAllItsIdentitySources() {
    Guarded api =
        Guarded.by(
            Map.of(
                "type",
                "REQUEST",
                "identitySource",
                "method.request.header.X-Who,method.request.querystring.who"),
            true);

    String first = api.call("?who=me", "X-Who", "me").body();
    String again = api.call("?who=me", "X-Who", "me").body();
    String other = api.call("?who=me", "X-Who", "you").body();

    assertThat(first).hasSize(36).isEqualTo(again).isNotEqualTo(other);
    assertThat(api.call("?who=me").statusCode()).isEqualTo(401);
    assertThat(api.call("", "X-Who", "me").statusCode()).isEqualTo(401);
    assertThat(api.call("?who=deny", "X-Who", "me").statusCode()).isEqualTo(403);
  }

  @Test
  void aFunctionThatDoesNotPermitItIsNotAsked() {
    Guarded api =
        Guarded.by(Map.of("type", "TOKEN", "identitySource", "method.request.header.Token"), false);

    api.isAnswered("me", 500, "{\"message\":null}");
    JsonNode test = test(api, "me");

    assertThat(test.get("clientStatus").intValue()).isEqualTo(500);
    assertThat(test.get("log").asString())
        .contains("Invalid permissions on Lambda function")
        .contains("AuthorizerConfigurationException");
  }

  @Test
  void aTestAsksTheFunction() {
    Guarded api = byToken();

    JsonNode test = test(api, "me");

    assertThat(test.get("clientStatus").intValue()).isZero();
    assertThat(test.get("principalId").asString()).isEqualTo("me");
    assertThat(test.get("policy").asString())
        .contains(
            "\"arn:aws:execute-api:%s:%s:%s/ESTestInvoke-stage/GET/\""
                .formatted(Endpoint.REGION, Endpoint.ACCOUNT, api.api.id()));
    assertThat(test.get("log").asString()).contains("Successfully completed authorizer execution");
  }

  private static JsonNode test(Guarded api, String token) {
    return sdk.call(
        "TestInvokeAuthorizer",
        Map.of(
            "restApiId",
            api.api.id(),
            "authorizerId",
            api.authorizer,
            "headers",
            Map.of("Token", token)));
  }
}
