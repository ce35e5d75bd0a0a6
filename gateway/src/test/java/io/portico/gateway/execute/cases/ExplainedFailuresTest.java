package io.portico.gateway.execute.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.aws.SigV4Signer;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.usage.UsageLedger;
import io.portico.gateway.execute.websocket.ConnectionBounds;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.UnreadRequest;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.gateway.http.websocket.WebSocketClose;
import io.portico.gateway.http.websocket.WebSocketUpgrade;
import io.portico.gateway.jose.Signer;
import io.portico.gateway.json.Json;
import io.portico.gateway.snapshot.GatewaySnapshot;
import io.portico.gateway.snapshot.ThrottleLimit;
import io.portico.gateway.snapshot.websocket.WebSocketStage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The causes that no case provokes, as they take a clock, a limit or a part that fails; and that
 * there is no cause without an explanation that a test asserts.
 */
final class ExplainedFailuresTest {
  private static final Upstream BACKEND =
      request -> new UpstreamResponse(200, Headers.empty(), Body.of("{\"statusCode\": 200}"));

  private static final ThrottleLimit ONE = ThrottleLimit.of(0.001, 1);

  /** Those of this class. */
  private static final Set<FaultCause> HERE =
      Set.of(
          FaultCause.UNREADABLE,
          FaultCause.NO_WEBSOCKET_API,
          FaultCause.NOTHING_DEPLOYED,
          FaultCause.CLIENT_TOO_SLOW,
          FaultCause.GROUPS_FULL,
          FaultCause.CONNECTIONS_FULL,
          FaultCause.CONNECTIONS_OF_ADDRESS,
          FaultCause.THROTTLE_OF_CONNECTIONS,
          FaultCause.THROTTLE_OF_ACCOUNT,
          FaultCause.USAGE_NOT_KEPT,
          FaultCause.BODY_BROKEN_OFF,
          FaultCause.TOKEN_EXPIRED,
          FaultCause.TOKEN_SCOPES,
          FaultCause.TOKEN_KEYS_UNAVAILABLE,
          FaultCause.ANSWER_TOO_LONG,
          FaultCause.GATEWAY_FAILED);

  private final CaseExplanations explanations = new CaseExplanations();
  private final List<String> lines = new ArrayList<>();

  @Test
  void everyCauseHasWordsThatATestAsserts() {
    Set<String> asserted = new TreeSet<>();
    HERE.forEach(cause -> asserted.add(cause.name()));
    Stream.of(CaseFiles.ofRest(), CaseFiles.ofHttpApis(), CaseFiles.ofWebSocketApis())
        .flatMap(files -> files.values().stream())
        .flatMap(file -> file.parsed().sections().stream())
        .filter(section -> section.name().equals(CaseExplanations.SECTION))
        .forEach(section -> asserted.add(section.text().lines().findFirst().orElse("").strip()));
    asserted.remove("none");

    assertThat(asserted)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(FaultCause.values()).map(FaultCause::name).toList());
  }

  @Test
  void whatAListenerCannotRead() throws IOException {
    HttpHandler gateway = gateway(rest("{}"), BACKEND);

    gateway.refused(
        new UnreadRequest(
            request("GET", "/", Headers.empty(), Body.EMPTY).connection(),
            "GET",
            "/pets?token=a-token-of-somebody",
            "HTTP/1.1",
            431,
            "Request Header Fields Too Large",
            "header fields of more than 32768 bytes"));

    JsonNode explanation = explanations.last();
    CaseExplanations.check(
        explanation,
        """
        UNREADABLE
        431 Request Header Fields Too Large: the client has sent header fields of more than 32768 \
        bytes""");
    assertThat(explanation.path("requestId").asString()).isNotEmpty();
    assertThat(explanation.at("/timeline/0/sourceIp").asString()).isEqualTo("192.0.2.7");
    assertThat(Json.text(explanation)).doesNotContain("a-token-of-somebody");
  }

  @Test
  void aWebSocketConnectionToARestApi() throws IOException {
    HttpRequest plain = request("GET", "/prod/pets", Headers.empty(), Body.EMPTY);

    HttpResponse answer =
        gateway(rest("{}"), BACKEND)
            .handle(
                new HttpRequest(
                    plain.method(),
                    plain.target(),
                    "HTTP/2.0",
                    plain.headers(),
                    plain.body(),
                    plain.connection(),
                    plain.arrivalNanos(),
                    true));

    assertExplained(
        answer,
        """
        NO_WEBSOCKET_API
        400: a WebSocket connection was asked of stage `prod` of `abc1234567`, which is no \
        WebSocket API""");
  }

  @Test
  void aStageToWhichNothingIsDeployed() throws IOException {
    WebSocketStage stage =
        (WebSocketStage) Objects.requireNonNull(webSocket().served(CaseApi.ID, CaseApi.STAGE));
    WebSocketStage empty =
        new WebSocketStage(
            stage.key(),
            stage.scope(),
            stage.apiId(),
            stage.apiName(),
            stage.accountId(),
            stage.region(),
            stage.stageName(),
            null,
            false,
            Map.of(),
            stage.routeSelection(),
            Map.of(),
            stage.limits(),
            stage.connections(),
            null,
            false,
            Set.of());

    assertExplained(
        connect(gateway(GatewaySnapshot.of(List.of(empty), Map.of()), BACKEND)),
        """
        NOTHING_DEPLOYED
        403 Forbidden: nothing is deployed to stage `prod` of `abc1234567`""");
  }

  @Test
  void theThrottleOfTheAccount() throws IOException {
    HttpHandler gateway = limited(webSocket(), ONE, ConnectionBounds.STANDARD);

    WebSocketUpgrade upgrade = connect(gateway).upgrade();
    new CaseConnection(Objects.requireNonNull(upgrade).listener()).sends("{\"action\": \"send\"}");

    CaseExplanations.check(
        explanations.last(),
        """
        THROTTLE_OF_ACCOUNT
        429 Too Many Requests: the configuration allows the account 0.00100 requests a second and 1 \
        at once over all of its APIs, and its bucket had no token left""");
  }

  @Test
  void theThrottleOfNewConnections() throws IOException {
    HttpHandler gateway =
        limited(
            webSocket(),
            null,
            new ConnectionBounds(Integer.MAX_VALUE, Integer.MAX_VALUE, ONE, 100, 64));

    connect(gateway);

    assertExplained(
        connect(gateway),
        """
        THROTTLE_OF_CONNECTIONS
        429 Too Many Requests: the configuration allows the account 0.00100 requests a second and 1 \
        at once to open connections of WebSocket APIs, and its bucket had no token left""");
  }

  @Test
  void connectionsGroupsAndClientsThatAreFull() throws IOException {
    HttpHandler gateway =
        limited(webSocket(), null, new ConnectionBounds(1, Integer.MAX_VALUE, null, 0, 64));
    WebSocketUpgrade upgrade = Objects.requireNonNull(connect(gateway).upgrade());
    upgrade.listener().opened(new BrokenParts.FullClient());
    String id = lines.getFirst();

    assertExplained(
        connect(gateway),
        """
        CONNECTIONS_FULL
        503 Service Unavailable: there are as many WebSocket connections as the configuration \
        allows""");
    assertExplained(
        command(gateway, "POST", "/@connections/" + id),
        """
        CLIENT_TOO_SLOW
        429: more waits to be sent to the client of `/@connections/%s` than may: it does not take \
        what it is sent"""
            .formatted(id));
    assertExplained(
        command(gateway, "PUT", "/@groups/room/" + id),
        """
        GROUPS_FULL
        429: `/@groups/room/%s` cannot be done: A connection is in 0 groups at most"""
            .formatted(id));
  }

  @Test
  void theConnectionsOfAnAddress() throws IOException {
    HttpHandler gateway =
        limited(webSocket(), null, new ConnectionBounds(Integer.MAX_VALUE, 1, null, 0, 64));
    WebSocketUpgrade upgrade = Objects.requireNonNull(connect(gateway).upgrade());

    HttpResponse refused = connect(gateway);
    upgrade.listener().closed(new CaseConnection(upgrade.listener()), WebSocketClose.of(1000));
    HttpResponse after = connect(gateway);

    assertThat(refused.status()).isEqualTo(429);
    assertExplained(
        refused,
        """
        CONNECTIONS_OF_ADDRESS
        429 Too Many Requests: `192.0.2.7` has as many WebSocket connections as the configuration \
        allows an address""");
    assertThat(after.status()).isEqualTo(101);
  }

  @Test
  void whoIsNotLetInTakesNoPlaceOfItsAddress() throws IOException {
    WebSocketCaseDefinition api = new WebSocketCaseDefinition();
    assertThat(api.take("route $connect", "{authorizationType: AWS_IAM}")).isTrue();
    HttpHandler gateway =
        limited(api.served(), null, new ConnectionBounds(Integer.MAX_VALUE, 1, null, 0, 64));

    assertThat(connect(gateway).status()).isEqualTo(403);
    assertThat(connect(gateway).status()).isEqualTo(403);
  }

  @Test
  void usageThatCannotBeKept() throws IOException {
    CaseApi api = new CaseApi();
    api.method("GET", "/pets", "{apiKeyRequired: true}");
    api.usagePlans("{gold: {quota: {limit: 5, offset: 0, period: DAY}}}");
    api.apiKeys("{one: {plans: [gold]}}");
    HttpHandler gateway =
        CaseGateway.of(
            api.served(),
            BACKEND,
            lines::add,
            null,
            explanations,
            ConnectionBounds.STANDARD,
            new BrokenParts.FullLedger());

    assertExplained(
        gateway.handle(
            request(
                "GET", "/prod/pets", Headers.of("x-api-key", "value-of-the-key-one"), Body.EMPTY)),
        """
        USAGE_NOT_KEPT
        500 Internal server error: what API key `one` has used cannot be kept, and so nobody knows \
        whether usage plan `gold` has anything left for it""");
  }

  @Test
  void aBodyThatBreaksOff() throws IOException {
    assertExplained(
        gateway(rest("{validator: body, requestModels: {application/json: Pet}}"), BACKEND)
            .handle(request("GET", "/prod/pets", Headers.empty(), new BrokenParts.LateBody())),
        """
        BODY_BROKEN_OFF
        400 Bad Request: the client has not sent all of its body to `GET /pets` of stage `prod` of \
        `abc1234567`: the body broke off: java.net.SocketTimeoutException: late""");
  }

  @Test
  void anAnswerThatIsTooLong() throws IOException {
    Upstream ofMegabytes =
        request -> new UpstreamResponse(200, Headers.empty(), Body.of(new byte[11 * 1024 * 1024]));

    assertExplained(
        gateway(rest("{}"), ofMegabytes)
            .handle(request("GET", "/prod/pets", Headers.empty(), Body.EMPTY)),
        """
        ANSWER_TOO_LONG
        500 Internal server error: the backend of `GET /pets` of stage `prod` of `abc1234567` \
        (`HTTP_PROXY backend.test`) answers more than may be: the backend's answer is longer than \
        10485760 bytes""");
  }

  @Test
  void aBugOfTheGateway() throws IOException {
    Upstream broken =
        request -> {
          throw new IllegalStateException("a bug");
        };

    assertExplained(
        gateway(rest("{}"), broken)
            .handle(request("GET", "/prod/pets", Headers.empty(), Body.EMPTY)),
        """
        GATEWAY_FAILED
        500: the gateway itself has failed, which is a bug: java.lang.IllegalStateException: a bug""");
  }

  @Test
  void tokensOfAnIssuer() throws IOException {
    Signer key = Signer.named("k1");
    Map<String, byte[]> documents =
        Map.of(
            "/.well-known/openid-configuration",
            Json.bytes(
                Json.object()
                    .put("issuer", "https://issuer.test")
                    .put("jwks_uri", "https://issuer.test/keys")),
            "/keys",
            Signer.keySet(key));
    HttpHandler gateway =
        gateway(
            scoped(),
            request -> {
              byte[] document = documents.get(request.target());
              return new UpstreamResponse(
                  200, Headers.empty(), document == null ? Body.EMPTY : Body.of(document));
            });
    HttpHandler without =
        gateway(
            scoped(),
            request -> {
              throw new UpstreamException(UpstreamException.Reason.TIMEOUT, "nobody", null);
            });
    long now = Instant.now().getEpochSecond();

    String expired = key.token(Json.text(claims(now - 60)));
    String unscoped = key.token(Json.text(claims(now + 3600).put("scope", "other")));

    assertExplained(
        bearing(gateway, expired),
        """
        TOKEN_EXPIRED
        401 Unauthorized: the time of the token that authorizer `tokens` of `GET /pets` of stage \
        `$default` of `abc1234567` was shown is over: <any>""");
    assertExplained(
        bearing(gateway, unscoped),
        """
        TOKEN_SCOPES
        403 Forbidden: authorizer `tokens` of `GET /pets` of stage `$default` of `abc1234567` takes \
        the token, which has none of the scopes that the method names: <any>[read]""");
    JsonNode shown = explanations.last();
    assertThat(Json.text(shown)).doesNotContain(unscoped).contains("Bearer *****");
    assertExplained(
        bearing(without, expired),
        """
        TOKEN_KEYS_UNAVAILABLE
        401 Unauthorized: authorizer `tokens` of `GET /pets` of stage `$default` of `abc1234567` \
        cannot verify any token: <any>""");
  }

  private static ObjectNode claims(long expiry) {
    return Json.object()
        .put("iss", "https://issuer.test")
        .put("sub", "me")
        .put("aud", "client7")
        .put("exp", expiry);
  }

  private static HttpResponse bearing(HttpHandler gateway, String token) throws IOException {
    return gateway.handle(
        request("GET", "/pets", Headers.of("Authorization", "Bearer " + token), Body.EMPTY));
  }

  private void assertExplained(HttpResponse answer, String expected) {
    CaseExplanations.check(explanations.of(answer.headers()), expected);
  }

  private HttpHandler gateway(GatewaySnapshot served, Upstream upstream) {
    return CaseGateway.of(
        served,
        upstream,
        lines::add,
        null,
        explanations,
        ConnectionBounds.STANDARD,
        UsageLedger.NONE);
  }

  private HttpHandler limited(
      GatewaySnapshot served, @Nullable ThrottleLimit ofAccount, ConnectionBounds bounds) {
    return CaseGateway.of(
        served, BACKEND, lines::add, ofAccount, explanations, bounds, UsageLedger.NONE);
  }

  private static GatewaySnapshot rest(String method) {
    CaseApi api = new CaseApi();
    api.models("{Pet: {type: object}}");
    api.method("GET", "/pets", method);
    return api.served();
  }

  private static GatewaySnapshot webSocket() {
    WebSocketCaseDefinition api = new WebSocketCaseDefinition();
    assertThat(api.take("route send", "")).isTrue();
    return api.served();
  }

  private static GatewaySnapshot scoped() {
    HttpCaseDefinition api = new HttpCaseDefinition();
    assertThat(
            api.take(
                "authorizers",
                """
                {tokens: {authorizerType: JWT, identitySource: ['$request.header.Authorization'],
                 jwtConfiguration: {issuer: 'https://issuer.test', audience: [client7]}}}
                """))
        .isTrue();
    assertThat(
            api.take(
                "route GET /pets",
                """
                {authorizationType: JWT, authorizerId: tokens, authorizationScopes: [read]}
                """))
        .isTrue();
    return api.served();
  }

  private static HttpResponse connect(HttpHandler gateway) throws IOException {
    HttpResponse answer =
        gateway.handle(
            request(
                "GET",
                "/prod",
                Headers.of(
                    "Upgrade",
                    "websocket",
                    "Connection",
                    "Upgrade",
                    "Sec-WebSocket-Version",
                    "13",
                    "Sec-WebSocket-Key",
                    "dGhlIHNhbXBsZSBub25jZQ=="),
                Body.EMPTY));
    answer.completion().finished(0, true);
    return answer;
  }

  private static HttpResponse command(HttpHandler gateway, String method, String path)
      throws IOException {
    String target = "/" + CaseApi.STAGE + path;
    byte[] content = "x".getBytes(StandardCharsets.UTF_8);
    Headers signed =
        new SigV4Signer(CaseIdentities.of("root"), "us-east-1", "execute-api")
            .sign(
                method,
                target,
                Headers.of("Host", CaseApi.ID + ".execute-api.us-east-1.localhost"),
                content,
                Instant.now());
    return gateway.handle(
        CaseGateway.fromTheClient(method, target, "HTTP/1.1", signed, Body.of(content)));
  }

  private static HttpRequest request(String method, String target, Headers headers, Body body)
      throws IOException {
    return CaseGateway.fromTheClient(
        method,
        target,
        "HTTP/1.1",
        headers.toBuilder().add("Host", CaseApi.ID + ".execute-api.us-east-1.localhost").build(),
        body);
  }
}
