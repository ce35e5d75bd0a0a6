package io.portico.gateway.execute.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.aws.SigV4Signer;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.UnreadRequest;
import io.portico.gateway.json.Json;
import io.portico.gateway.snapshot.GatewaySnapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/** APIs of each kind with little in them, and requests to them. */
final class SmallApis {
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
        .put("iss", "https://issuer.test")
        .put("sub", "me")
        .put("aud", "client7")
        .put("exp", expiry);
  }

  static HttpResponse bearing(HttpHandler gateway, String token) throws IOException {
    return gateway.handle(
        request("GET", "/pets", Headers.of("Authorization", "Bearer " + token), Body.EMPTY));
  }
}
