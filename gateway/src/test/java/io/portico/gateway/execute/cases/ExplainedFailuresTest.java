package io.portico.gateway.execute.cases;

import static io.portico.gateway.execute.cases.SmallApis.api;
import static io.portico.gateway.execute.cases.SmallApis.bearing;
import static io.portico.gateway.execute.cases.SmallApis.claims;
import static io.portico.gateway.execute.cases.SmallApis.claimsOfPool;
import static io.portico.gateway.execute.cases.SmallApis.command;
import static io.portico.gateway.execute.cases.SmallApis.connect;
import static io.portico.gateway.execute.cases.SmallApis.http;
import static io.portico.gateway.execute.cases.SmallApis.pets;
import static io.portico.gateway.execute.cases.SmallApis.pooled;
import static io.portico.gateway.execute.cases.SmallApis.publishing;
import static io.portico.gateway.execute.cases.SmallApis.request;
import static io.portico.gateway.execute.cases.SmallApis.rest;
import static io.portico.gateway.execute.cases.SmallApis.scoped;
import static io.portico.gateway.execute.cases.SmallApis.undeployed;
import static io.portico.gateway.execute.cases.SmallApis.unreadable;
import static io.portico.gateway.execute.cases.SmallApis.webSocket;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.usage.UsageLedger;
import io.portico.gateway.execute.websocket.ConnectionBounds;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.gateway.http.websocket.WebSocketClose;
import io.portico.gateway.http.websocket.WebSocketUpgrade;
import io.portico.gateway.jose.Signer;
import io.portico.gateway.json.Json;
import io.portico.gateway.snapshot.GatewaySnapshot;
import io.portico.gateway.snapshot.ThrottleLimit;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/**
 * The causes that no case provokes, as they take a clock, a limit or a part that fails; and that
 * there is no cause without an explanation that a test asserts.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ExplainedFailuresTest {
  private static final Upstream BACKEND =
      request -> new UpstreamResponse(200, Headers.empty(), Body.of("{\"statusCode\": 200}"));

  private static final Upstream OF_MEGABYTES =
      request -> new UpstreamResponse(200, Headers.empty(), Body.of(new byte[11 * 1024 * 1024]));

  private static final Upstream SILENT =
      request -> {
        throw new UpstreamException(UpstreamException.Reason.TIMEOUT, "nobody", null);
      };

  private static final ThrottleLimit ONE = ThrottleLimit.of(0.001, 1);

  /** What the tests of this class have asserted: a kind of API, and a cause. */
  private static final Set<String> ASSERTED = ConcurrentHashMap.newKeySet();

  private final CaseExplanations explanations = new CaseExplanations();
  private final List<String> lines = new ArrayList<>();

  /** Behind all others, which say what they have asserted. */
  @Test
  @Order(Integer.MAX_VALUE)
  void everyCauseHasWordsThatATestAssertsOfEachKindOfApiThatCanMeetIt() {
    Set<String> asserted = new TreeSet<>(ASSERTED);
    for (CauseKinds kind : CauseKinds.values()) {
      kind.ofCases().forEach(cause -> asserted.add(kind + " " + cause));
    }
    Set<String> missing = new TreeSet<>();
    for (FaultCause cause : FaultCause.values()) {
      Set<CauseKinds> kinds = CauseKinds.of(cause);
      kinds.forEach(
          kind -> {
            if (!asserted.contains(kind + " " + cause)) {
              missing.add(kind + " " + cause);
            }
          });
      if (kinds.isEmpty() && asserted.stream().noneMatch(each -> each.endsWith(" " + cause))) {
        missing.add("any " + cause);
      }
    }

    assertThat(missing).isEmpty();
  }

  @Test
  void whatAListenerCannotRead() throws IOException {
    HttpHandler gateway = gateway(rest("{}"), BACKEND);

    gateway.refused(unreadable("/pets?token=a-token-of-somebody"));

    JsonNode explanation = explanations.last();
    assertExplained(
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
    assertExplained(
        connect(gateway(undeployed(), BACKEND)),
        """
        NOTHING_DEPLOYED
        403 Forbidden: nothing is deployed to stage `prod` of `abc1234567`""");
  }

  @Test
  void theThrottleOfTheAccount() throws IOException {
    HttpHandler gateway = limited(webSocket(), ONE, ConnectionBounds.STANDARD);

    assertExplained(
        sent(gateway),
        """
        THROTTLE_OF_ACCOUNT
        429 Too Many Requests: the configuration allows the account 0.00100 requests a second and 1 \
        at once over all of its APIs, and its bucket had no token left""");
  }

  @Test
  void theThrottleOfTheAccountForRequests() throws IOException {
    for (CauseKinds kind : List.of(CauseKinds.REST, CauseKinds.HTTP)) {
      HttpHandler gateway = limited(api(kind), ONE, ConnectionBounds.STANDARD);
      HttpResponse _ = gateway.handle(pets(kind));

      assertExplained(
          gateway.handle(pets(kind)),
          """
          THROTTLE_OF_ACCOUNT
          429 Too Many Requests: the configuration allows the account 0.00100 requests a second and \
          1 at once over all of its APIs, and its bucket had no token left""");
    }
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
  void usageOfConnectionsThatCannotBeKept() throws IOException {
    WebSocketCaseDefinition api = new WebSocketCaseDefinition();
    assertThat(
            api.take("usage plans", "{gold: {quota: {limit: 5, offset: 0, period: DAY}}}")
                && api.take("api keys", "{one: {plans: [gold]}}")
                && api.take("route $connect", "{apiKeyRequired: true}"))
        .isTrue();
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
        connect(gateway, "x-api-key", "value-of-the-key-one"),
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
    assertExplained(
        gateway(rest("{}"), OF_MEGABYTES)
            .handle(request("GET", "/prod/pets", Headers.empty(), Body.EMPTY)),
        """
        ANSWER_TOO_LONG
        500 Internal server error: the backend of `GET /pets` of stage `prod` of `abc1234567` \
        (`HTTP_PROXY backend.test`) answers more than may be: the backend's answer is longer than \
        10485760 bytes""");
  }

  @Test
  void anAnswerOfAnHttpApiThatIsTooLong() throws IOException {
    assertExplained(
        gateway(http(), OF_MEGABYTES)
            .handle(request("POST", "/function", Headers.empty(), Body.EMPTY)),
        """
        ANSWER_TOO_LONG
        <any>: the backend of `POST /function` of stage `$default` of `abc1234567` (`AWS_PROXY \
        <any>`) answers more than may be: the backend's answer is longer than <number> bytes""");
  }

  @Test
  void anAnswerToAMessageThatIsTooLong() throws IOException {
    assertExplained(
        sent(gateway(webSocket(), OF_MEGABYTES)),
        """
        ANSWER_TOO_LONG
        500 Internal server error: the backend of `send` of stage `prod` of `abc1234567` (`AWS_PROXY \
        <any>`) answers more than may be: the backend's answer is longer than <number> bytes""");
  }

  @Test
  void aBodyThatBreaksOffOnItsWayToAFunction() throws IOException {
    assertExplained(
        gateway(http(), BACKEND)
            .handle(request("POST", "/function", Headers.empty(), new BrokenParts.LateBody())),
        """
        BODY_BROKEN_OFF
        400 Bad Request: the client has not sent all of its body to `POST /function` of stage \
        `$default` of `abc1234567`: the body broke off: java.net.SocketTimeoutException: late""");
  }

  @Test
  void aCommandWhoseBodyBreaksOff() throws IOException {
    HttpHandler gateway = gateway(webSocket(), BACKEND);

    assertExplained(
        command(gateway, "POST", "/@connections/one", new BrokenParts.LateBody()),
        """
        BODY_BROKEN_OFF
        400 Bad Request: the client has not sent all of its body to stage `prod` of `abc1234567`: \
        the body broke off: java.net.SocketTimeoutException: late""");
  }

  @Test
  void aBugOfTheGateway() throws IOException {
    Upstream broken =
        request -> {
          throw new IllegalStateException("a bug");
        };
    String expected =
        """
        GATEWAY_FAILED
        500<any>: the gateway itself has failed, which is a bug: java.lang.IllegalStateException: \
        a bug""";

    for (CauseKinds kind : List.of(CauseKinds.REST, CauseKinds.HTTP)) {
      assertExplained(gateway(api(kind), broken).handle(pets(kind)), expected);
    }
    assertExplained(sent(gateway(webSocket(), broken)), expected);
  }

  @Test
  void tokensOfAnIssuer() throws IOException {
    Signer key = Signer.named("k1");
    HttpHandler gateway = gateway(scoped(), publishing(key));
    HttpHandler without = gateway(scoped(), SILENT);
    long now = Instant.now().getEpochSecond();

    String expired = key.token(Json.text(claims(now - 60)));
    String unscoped = key.token(Json.text(claims(now + 3600).put("scope", "other")));

    assertExplained(
        bearing(gateway, CauseKinds.HTTP, expired),
        """
        TOKEN_EXPIRED
        401 Unauthorized: the time of the token that authorizer `tokens` of `GET /pets` of stage \
        `$default` of `abc1234567` was shown is over: <any>""");
    assertExplained(
        bearing(gateway, CauseKinds.HTTP, unscoped),
        """
        TOKEN_SCOPES
        403 Forbidden: authorizer `tokens` of `GET /pets` of stage `$default` of `abc1234567` takes \
        the token, which has none of the scopes that the method names: <any>[read]""");
    JsonNode shown = explanations.last();
    assertThat(Json.text(shown)).doesNotContain(unscoped).contains("Bearer *****");
    assertExplained(
        bearing(without, CauseKinds.HTTP, expired),
        """
        TOKEN_KEYS_UNAVAILABLE
        401 Unauthorized: authorizer `tokens` of `GET /pets` of stage `$default` of `abc1234567` \
        cannot verify any token: <any>""");
  }

  @Test
  void tokensOfAUserPool() throws IOException {
    Signer key = Signer.named("k1");
    HttpHandler gateway = gateway(pooled(), publishing(key));
    long now = Instant.now().getEpochSecond();
    String expired = key.token(Json.text(claimsOfPool(now - 60)));
    String unscoped = key.token(Json.text(claimsOfPool(now + 3600).put("scope", "other")));

    assertExplained(
        bearing(gateway, CauseKinds.REST, expired),
        """
        TOKEN_EXPIRED
        401 The incoming token has expired: the time of the token that authorizer `tokens` of `GET \
        /pets` of stage `prod` of `abc1234567` was shown is over: the token is refused: <any>""");
    assertExplained(
        bearing(gateway, CauseKinds.REST, unscoped),
        """
        TOKEN_SCOPES
        401 Unauthorized: authorizer `tokens` of `GET /pets` of stage `prod` of `abc1234567` takes \
        the token, which has none of the scopes that the method names: the token has none of the \
        scopes [read]""");
    assertThat(Json.text(explanations.last())).doesNotContain(unscoped);
    assertExplained(
        bearing(gateway(pooled(), SILENT), CauseKinds.REST, expired),
        """
        TOKEN_KEYS_UNAVAILABLE
        500<any>: authorizer `tokens` of `GET /pets` of stage `prod` of `abc1234567` cannot verify \
        any token: the keys of the user pool cannot be had: <any>""");
  }

  /** What is explained of a message. */
  private JsonNode sent(HttpHandler gateway) throws IOException {
    WebSocketUpgrade upgrade = Objects.requireNonNull(connect(gateway).upgrade());
    new CaseConnection(upgrade.listener()).sends("{\"action\": \"send\"}");
    return explanations.last();
  }

  private void assertExplained(HttpResponse answer, String expected) {
    assertExplained(explanations.of(answer.headers()), expected);
  }

  private static void assertExplained(JsonNode explanation, String expected) {
    CaseExplanations.check(explanation, expected);
    ASSERTED.add(
        explanation.path("api").path("kind").asString("any")
            + " "
            + explanation.path("reason").path("cause").asString());
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
}
