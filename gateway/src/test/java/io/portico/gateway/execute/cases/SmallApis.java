package io.portico.gateway.execute.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.aws.SigV4Signer;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.UnreadRequest;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.gateway.jose.Signer;
import io.portico.gateway.json.Json;
import io.portico.gateway.snapshot.GatewaySnapshot;
import io.portico.gateway.snapshot.websocket.WebSocketStage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** APIs of each kind with little in them, and requests to them. */
final class SmallApis {
  private static final String ISSUER = "https://issuer.test";

  /** What the user pool of {@link #pooled} calls itself. */
  private static final String POOL = "http://aws.test:4566/us-east-1_AbC123";

  private static final byte[] COMMANDED = "x".getBytes(StandardCharsets.UTF_8);

  private SmallApis() {}

  static GatewaySnapshot rest(String method) {
    CaseApi api = new CaseApi();
    api.models("{Pet: {type: object}}");
    api.method("GET", "/pets", method);
    return api.served();
  }

  static GatewaySnapshot webSocket() {
    WebSocketCaseDefinition api = new WebSocketCaseDefinition();
    assertThat(api.take("route send", "")).isTrue();
    return api.served();
  }

  /** A WebSocket API to whose stage nothing is deployed. */
  static GatewaySnapshot undeployed() {
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
    return GatewaySnapshot.of(List.of(empty), Map.of());
  }

  /** An HTTP API with a backend, and a function. */
  static GatewaySnapshot http() {
    HttpCaseDefinition api = new HttpCaseDefinition();
    assertThat(api.take("route GET /pets", "")).isTrue();
    assertThat(api.take("route POST /function", "")).isTrue();
    assertThat(
            api.take(
                "integration",
                """
                {integrationType: AWS_PROXY, payloadFormatVersion: '2.0',
                 integrationUri: 'arn:aws:lambda:us-east-1:000000000000:function:pets'}
                """))
        .isTrue();
    return api.served();
  }

  /** An API of a kind that is called by requests. */
  static GatewaySnapshot api(CauseKinds kind) {
    return kind == CauseKinds.REST ? rest("{}") : http();
  }

  /** A request to it. */
  static HttpRequest pets(CauseKinds kind) throws IOException {
    String target = kind == CauseKinds.REST ? "/prod/pets" : "/pets";
    return request("GET", target, Headers.empty(), Body.EMPTY);
  }

  /** A request whose header fields are too long. */
  static UnreadRequest unreadable(String target) throws IOException {
    return new UnreadRequest(
        request("GET", "/", Headers.empty(), Body.EMPTY).connection(),
        "GET",
        target,
        "HTTP/1.1",
        431,
        "Request Header Fields Too Large",
        "header fields of more than 32768 bytes");
  }

  /** An HTTP API that asks for a token of an issuer with the scope {@code read}. */
  static GatewaySnapshot scoped() {
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

  /** A REST API that asks for an access token of a user pool with the scope {@code read}. */
  static GatewaySnapshot pooled() {
    CaseApi api = new CaseApi();
    api.authorizers(
        """
        {tokens: {type: COGNITO_USER_POOLS,
         providerARNs: ['arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_AbC123']}}
        """);
    api.method(
        "GET",
        "/pets",
        """
        {authorizationType: COGNITO_USER_POOLS, authorizerId: tokens, authorizationScopes: [read]}
        """);
    return api.served();
  }

  /** Whom both ask for keys: an issuer, and a user pool. */
  static Upstream publishing(Signer key) {
    Map<String, byte[]> documents =
        Map.of(
            "/.well-known/openid-configuration",
            Json.bytes(Json.object().put("issuer", ISSUER).put("jwks_uri", ISSUER + "/keys")),
            "/keys",
            Signer.keySet(key),
            "/us-east-1_AbC123/.well-known/jwks.json",
            Signer.keySet(key));
    return request -> {
      byte[] document = documents.get(request.target());
      return new UpstreamResponse(
          200, Headers.empty(), document == null ? Body.EMPTY : Body.of(document));
    };
  }

  /** A handshake, with more header fields. */
  static HttpResponse connect(HttpHandler gateway, String... more) throws IOException {
    Headers.Builder headers =
        Headers.of(
            "Upgrade", "websocket",
            "Connection", "Upgrade",
            "Sec-WebSocket-Version", "13",
            "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
            .toBuilder();
    for (int i = 0; i < more.length; i += 2) {
      headers.add(more[i], more[i + 1]);
    }
    HttpResponse answer = gateway.handle(request("GET", "/prod", headers.build(), Body.EMPTY));
    answer.completion().finished(0, true);
    return answer;
  }

  static HttpResponse command(HttpHandler gateway, String method, String path) throws IOException {
    return command(gateway, method, path, Body.of(COMMANDED));
  }

  /**
   * A command that is signed by the account's root.
   *
   * @param body what the client sends of what is signed
   */
  static HttpResponse command(HttpHandler gateway, String method, String path, Body body)
      throws IOException {
    String target = "/" + CaseApi.STAGE + path;
    Headers signed =
        new SigV4Signer(CaseIdentities.of("root"), "us-east-1", "execute-api")
            .sign(
                method,
                target,
                Headers.of("Host", CaseApi.ID + ".execute-api.us-east-1.localhost"),
                COMMANDED,
                Instant.now());
    return gateway.handle(CaseGateway.fromTheClient(method, target, "HTTP/1.1", signed, body));
  }

  static HttpRequest request(String method, String target, Headers headers, Body body)
      throws IOException {
    return CaseGateway.fromTheClient(
        method,
        target,
        "HTTP/1.1",
        headers.toBuilder().add("Host", CaseApi.ID + ".execute-api.us-east-1.localhost").build(),
        body);
  }

  /** What a token of {@link #scoped} says. */
  static ObjectNode claims(long expiry) {
    return Json.object()
        .put("iss", ISSUER)
        .put("sub", "me")
        .put("aud", "client7")
        .put("exp", expiry);
  }

  /** What an access token of {@link #pooled} says. */
  static ObjectNode claimsOfPool(long expiry) {
    return claims(expiry).put("iss", POOL).put("token_use", "access");
  }

  static HttpResponse bearing(HttpHandler gateway, CauseKinds kind, String token)
      throws IOException {
    Headers bearer = Headers.of("Authorization", "Bearer " + token);
    return gateway.handle(request("GET", pets(kind).target(), bearer, Body.EMPTY));
  }
}
