package io.portico.conformance;

import static io.portico.conformance.SmallApi.STAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.AwsFailure;
import io.portico.conformance.client.AwsService;
import io.portico.conformance.client.JavaSdk;
import io.portico.conformance.client.ServiceClient;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import io.portico.conformance.server.PorticoProcess;
import io.portico.conformance.wire.Backend;
import io.portico.conformance.wire.Backend.Answer;
import io.portico.conformance.wire.Backend.Request;
import io.portico.conformance.wire.Caller;
import io.portico.conformance.wire.Signature;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Services that are elsewhere: an STS that assumes the roles of integrations, a service that wants
 * to be called as those, and another Portico as the CloudWatch Logs of access logs.
 */
@Portico
final class ServicesElsewhereTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String KEY = "AKIAGATEWAY";
  private static final String SECRET = "the gateway's secret";
  private static final String ROLES = "arn:aws:iam::000000000000:role/";
  private static final String REGION = "eu-west-1";
  private static final String GROUP = "elsewhere/" + UUID.randomUUID();
  private static final long LIMIT_SECONDS = 30;

  /** What the execution log says of a role that cannot be assumed. */
  private static final String NOT_ASSUMED =
      "Execution failed due to configuration error: API Gateway does not have permission to assume"
          + " the provided role ";

  private static final Map<String, Session> SESSIONS = new ConcurrentHashMap<>();
  private static final ConcurrentLinkedQueue<String> ASSUMED = new ConcurrentLinkedQueue<>();

  private static Backend sts;
  private static Backend service;
  private static PorticoProcess server;
  private static JavaSdk sdk;
  private static String rest = "";

  /** What STS has given out for a key. */
  private record Session(String role, String secret, String token) {}

  @BeforeAll
  static void start(Endpoint another) {
    sts = Backend.answering(ServicesElsewhereTest::assumed);
    service = Backend.answering(ServicesElsewhereTest::calledAs);
    server =
        PorticoProcess.start(
            Map.of(
                "AWS_ENDPOINT_URL",
                "http://" + service.address(),
                "AWS_ENDPOINT_URL_STS",
                "http://" + sts.address(),
                "AWS_ENDPOINT_URL_CLOUDWATCH_LOGS",
                another.uri().toString(),
                "AWS_ACCESS_KEY_ID",
                KEY,
                "AWS_SECRET_ACCESS_KEY",
                SECRET,
                "PORTICO_AWS_ASSUME_ROLES",
                "true"),
            "serve",
            "--ephemeral",
            "--port",
            "0");
    sdk = JavaSdk.of(server.endpoint());
    rest =
        sdk.call(
                "ImportRestApi",
                Map.of(
                    "body",
                    definition("lasting", "ending", "crowded", "refused", "tested"),
                    "failOnWarnings",
                    true))
            .get("id")
            .asString();
    sdk.call("CreateDeployment", Map.of("restApiId", rest, "stageName", STAGE));
  }

  @AfterAll
  static void end() {
    sdk.close();
    server.close();
    service.close();
    sts.close();
  }

  /** An API with a path for each role, which sends a message to a queue as that role. */
  private static String definition(String... roles) {
    Map<String, Object> paths = new LinkedHashMap<>();
    for (String role : roles) {
      paths.put(
          "/" + role,
          Map.of(
              "get",
              Map.of(
                  "responses",
                  Map.of("200", Map.of("description", "sent")),
                  "x-amazon-apigateway-integration",
                  Map.of(
                      "type",
                      "aws",
                      "httpMethod",
                      "POST",
                      "uri",
                      "arn:aws:apigateway:" + REGION + ":sqs:path/000000000000/orders",
                      "credentials",
                      ROLES + role,
                      "responses",
                      Map.of("default", Map.of("statusCode", "200"))))));
    }
    return JSON.writeValueAsString(
        Map.of(
            "openapi",
            "3.0.1",
            "info",
            Map.of("title", "elsewhere", "version", "1"),
            "paths",
            paths));
  }

  /**
   * STS: gives a session of any role but one to whoever has signed with the gateway's key; it lasts
   * for an hour, or for no longer than it takes to use it.
   */
  private static Answer assumed(Request request) {
    Signature signature = Signature.of(request);
    String role = parameter(request, "RoleArn").replace(ROLES, "");
    ASSUMED.add(role);
    boolean isRight =
        signature.isBy(SECRET)
            && signature.accessKey().equals(KEY)
            && signature.service().equals("sts")
            && signature.region().equals(REGION)
            && parameter(request, "Action").equals("AssumeRole")
            && parameter(request, "RoleSessionName").equals("BackplaneAssumeRoleSession");
    if (!isRight || role.startsWith("refused")) {
      return new Answer(
          403,
          Map.of("Content-Type", "text/xml"),
          """
          <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error>
            <Type>Sender</Type><Code>AccessDenied</Code>
            <Message>%s may not assume it</Message>
          </Error><RequestId>1</RequestId></ErrorResponse>
          """
              .formatted(signature.accessKey()));
    }
    String key = "ASIA" + role.toUpperCase(Locale.ROOT) + ASSUMED.size();
    Session session = new Session(role, "secret of " + key, "token of " + key);
    SESSIONS.put(key, session);
    return new Answer(
        200,
        Map.of("Content-Type", "text/xml"),
        """
        <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
          <Credentials>
            <AccessKeyId>%s</AccessKeyId><SecretAccessKey>%s</SecretAccessKey>
            <SessionToken>%s</SessionToken><Expiration>%s</Expiration>
          </Credentials>
        </AssumeRoleResult></AssumeRoleResponse>
        """
            .formatted(
                key,
                session.secret,
                session.token,
                Instant.now()
                    .plusSeconds(role.equals("ending") ? 20 : 3600)
                    .truncatedTo(ChronoUnit.SECONDS)));
  }

  /** The service: says as which role it is called, by a signature that it has found to be right. */
  private static Answer calledAs(Request request) {
    Signature signature = Signature.of(request);
    @Nullable Session session = SESSIONS.get(signature.accessKey());
    return session != null
            && signature.isBy(session.secret)
            && session.token.equals(request.header("X-amz-security-token"))
            && signature.signed().contains("x-amz-security-token")
        ? Answer.ok("{\"as\": \"" + session.role + "\"}")
        : new Answer(403, Map.of(), "{\"as\": \"nobody\"}");
  }

  private static String parameter(Request request, String name) {
    return Stream.of(request.body().split("&"))
        .filter(pair -> pair.startsWith(name + "="))
        .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8))
        .findFirst()
        .orElse("");
  }

  private static HttpResponse<String> get(String role) {
    return Caller.get(server.endpoint().pathForm(rest, STAGE, "/" + role));
  }

  private static long assumedTimes(String role) {
    return ASSUMED.stream().filter(role::equals).count();
  }

  @Test
  void aServiceIsCalledAsTheRoleWhoseSessionIsKept() {
    for (int i = 0; i < 3; i++) {
      assertThat(get("lasting").body()).isEqualTo("{\"as\": \"lasting\"}");
    }
    assertThat(assumedTimes("lasting")).isEqualTo(1);
  }

  @Test
  void aSessionThatIsAboutToEndIsNotUsedAgain() {
    assertThat(get("ending").body()).isEqualTo("{\"as\": \"ending\"}");
    assertThat(get("ending").body()).isEqualTo("{\"as\": \"ending\"}");
    assertThat(assumedTimes("ending")).isEqualTo(2);
  }

  @Test
  void manyCallsAtOnceAssumeARoleOnce() {
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<String>> calls =
          IntStream.range(0, 20)
              .mapToObj(i -> CompletableFuture.supplyAsync(() -> get("crowded").body(), callers))
              .toList();

      assertThat(calls.stream().map(CompletableFuture::join)).containsOnly("{\"as\": \"crowded\"}");
    }
    assertThat(assumedTimes("crowded")).isEqualTo(1);
  }

  @Test
  void aRoleThatCannotBeAssumedFailsTheCallAndNothingIsCalledInstead() {
    HttpResponse<String> answer = get("refused");
    HttpResponse<String> again = get("refused");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).isEqualTo("{\"message\": \"Internal server error\"}");
    assertThat(again.statusCode()).isEqualTo(500);
    assertThat(assumedTimes("refused")).isEqualTo(1);
    String id = answer.headers().firstValue("x-amzn-RequestId").orElseThrow();
    JsonNode explanation =
        JSON.readTree(
            Caller.get(server.endpoint().uri().resolve("/_portico/explain/" + id)).body());
    assertThat(explanation.at("/reason/text").asString())
        .contains("cannot be assumed", ROLES + "refused", "AccessDenied: " + KEY + " may not");
    assertThat(tested("/refused").path("log").asString())
        .contains(NOT_ASSUMED + ROLES + "refused")
        .contains("Method completed with status: 500");
  }

  @Test
  void aTestAssumesTheRoleToo() {
    assertThat(tested("/tested").path("body").asString()).isEqualTo("{\"as\": \"tested\"}");
  }

  private static JsonNode tested(String path) {
    for (JsonNode resource : sdk.call("GetResources", Map.of("restApiId", rest)).get("items")) {
      if (resource.get("path").asString().equals(path)) {
        return sdk.call(
            "TestInvokeMethod",
            Map.of(
                "restApiId",
                rest,
                "resourceId",
                resource.get("id").asString(),
                "httpMethod",
                "GET"));
      }
    }
    throw new AssertionError("no resource " + path);
  }

  @Test
  void soIsARouteOfAnHttpApiThatNamesAServiceByItsSubtype() {
    String allowed = httpApi("subtype");
    String refused = httpApi("refused-too");

    HttpResponse<String> sent = sendTo(allowed);
    HttpResponse<String> unsent = sendTo(refused);

    assertThat(sent.body()).isEqualTo("{\"as\": \"subtype\"}");
    assertThat(assumedTimes("subtype")).isEqualTo(1);
    assertThat(unsent.statusCode()).isEqualTo(500);
    assertThat(unsent.body()).isEqualTo("{\"message\":\"Internal Server Error\"}");
  }

  private static HttpResponse<String> sendTo(String api) {
    return Caller.post(server.endpoint().pathForm(api, STAGE, "/orders"), "text/plain", "one");
  }

  private static String httpApi(String role) {
    ServiceClient v2 = sdk.of(AwsService.API_GATEWAY_V2);
    String api =
        v2.call("CreateApi", Map.of("Name", role, "ProtocolType", "HTTP")).get("ApiId").asString();
    String integration =
        v2.call(
                "CreateIntegration",
                Map.of(
                    "ApiId",
                    api,
                    "IntegrationType",
                    "AWS_PROXY",
                    "IntegrationSubtype",
                    "SQS-SendMessage",
                    "PayloadFormatVersion",
                    "1.0",
                    "CredentialsArn",
                    ROLES + role,
                    "RequestParameters",
                    Map.of(
                        "QueueUrl",
                        "http://" + service.address() + "/000000000000/orders",
                        "MessageBody",
                        "$request.body",
                        "Region",
                        REGION)))
            .get("IntegrationId")
            .asString();
    v2.call(
        "CreateRoute",
        Map.of("ApiId", api, "RouteKey", "POST /orders", "Target", "integrations/" + integration));
    v2.call("CreateStage", Map.of("ApiId", api, "StageName", STAGE, "AutoDeploy", true));
    return api;
  }

  /** Read there by AWS's client, and not here. */
  @Test
  void accessLogsAreWrittenToAnotherCloudWatchLogs(Endpoint another) {
    SmallApi api = SmallApi.build(sdk, "127.0.0.1:9").deploy();
    api.patch(
        "UpdateStage",
        Map.of("stageName", STAGE),
        List.of(
            SmallApi.replace(
                "/accessLogSettings/destinationArn",
                "arn:aws:logs:%s:%s:log-group:%s"
                    .formatted(Endpoint.REGION, Endpoint.ACCOUNT, GROUP)),
            SmallApi.replace("/accessLogSettings/format", "$context.requestId $context.status é")));

    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      HttpResponse<String> answer =
          Caller.get(server.endpoint().pathForm(api.id(), STAGE, "/pets/" + i));
      expected.add(answer.headers().firstValue("x-amzn-RequestId").orElseThrow() + " 200 é");
    }

    try (JavaSdk there = JavaSdk.of(another)) {
      Instant deadline = Instant.now().plusSeconds(LIMIT_SECONDS);
      List<String> lines = lines(there);
      while (lines.size() < expected.size() && Instant.now().isBefore(deadline)) {
        lines = lines(there);
      }
      assertThat(lines).containsExactlyInAnyOrderElementsOf(expected);
    }
    assertThat(
            sdk.of(AwsService.LOGS)
                .call("DescribeLogGroups", Map.of("logGroupNamePrefix", GROUP))
                .path("logGroups"))
        .isEmpty();
  }

  /** None before the group is there, which the first line makes. */
  private static List<String> lines(JavaSdk there) {
    List<String> lines = new ArrayList<>();
    try {
      there
          .of(AwsService.LOGS)
          .call("FilterLogEvents", Map.of("logGroupName", GROUP))
          .path("events")
          .forEach(event -> lines.add(event.get("message").asString()));
    } catch (AwsFailure e) {
      assertThat(e.code()).isEqualTo("ResourceNotFoundException");
    }
    return lines;
  }
}
