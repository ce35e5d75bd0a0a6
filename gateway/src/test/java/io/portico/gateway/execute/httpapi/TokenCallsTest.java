package io.portico.gateway.execute.httpapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.execute.cases.CaseGateway;
import io.portico.gateway.execute.cases.HttpCaseDefinition;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.gateway.jose.KeySetLimits;
import io.portico.gateway.jose.Signer;
import io.portico.gateway.json.Json;
import io.portico.gateway.json.Yaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Calls of routes with JWT authorizers, by tokens of an issuer that is found by discovery. */
final class TokenCallsTest {
  private static final String ISSUER = "https://issuer.test";
  private static final Signer KEY = Signer.named("k1");

  private final Map<String, byte[]> documents = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private final List<UpstreamRequest> called = new ArrayList<>();
  private final AtomicLong now = new AtomicLong();
  private HttpHandler gateway = request -> new HttpResponse(500, Headers.empty(), Body.EMPTY);

  @BeforeEach
  void serves() {
    publishes(ISSUER, ISSUER + "/keys");
    documents.put("/keys", Signer.keySet(KEY));
    serve("{authorizerType: JWT, identitySource: ['$request.header.Authorization']}");
  }

  private void publishes(String issuer, String keys) {
    documents.put(
        "/.well-known/openid-configuration",
        Json.bytes(Json.object().put("issuer", issuer).put("jwks_uri", keys)));
  }

  private void serve(String authorizer) {
    HttpCaseDefinition api = new HttpCaseDefinition();
    ObjectNode record = (ObjectNode) Yaml.parse(authorizer);
    record.putObject("jwtConfiguration").put("issuer", ISSUER).putArray("audience").add("client7");
    assertThat(api.take("authorizers", Json.text(Json.object().set("tokens", record)))).isTrue();
    assertThat(api.take("route GET /pets", "{authorizationType: JWT, authorizerId: tokens}"))
        .isTrue();
    assertThat(
            api.take(
                "integration",
                """
                {integrationType: AWS_PROXY, payloadFormatVersion: '2.0',
                 integrationUri: 'arn:aws:lambda:us-east-1:000000000000:function:pets'}
                """))
        .isTrue();
    assertThat(
            api.take(
                "route GET /scoped",
                """
                {authorizationType: JWT, authorizerId: tokens,
                 authorizationScopes: [read, write]}
                """))
        .isTrue();
    assertThat(
            api.take(
                "integration",
                """
                {integrationType: AWS_PROXY, payloadFormatVersion: '1.0',
                 integrationUri: 'arn:aws:lambda:us-east-1:000000000000:function:pets'}
                """))
        .isTrue();
    gateway = CaseGateway.of(api.served(), this::answered, line -> {}, now::get);
  }

  private UpstreamResponse answered(UpstreamRequest request) throws UpstreamException {
    if (request.origin().host().equals("lambda.test")) {
      called.add(request);
      return new UpstreamResponse(200, Headers.empty(), Body.of("{\"statusCode\": 200}"));
    }
    asked.add(request.target());
    byte[] document = documents.get(request.target());
    if (document == null) {
      throw new UpstreamException(UpstreamException.Reason.TIMEOUT, "nobody answers", null);
    }
    return new UpstreamResponse(200, Headers.empty(), Body.of(document));
  }

  private static ObjectNode claims() {
    long now = Instant.now().getEpochSecond();
    return Json.object()
        .put("iss", ISSUER)
        .put("sub", "me")
        .put("aud", "client7")
        .put("iat", now)
        .put("exp", now + 3600);
  }

  private HttpResponse call(String path, String... headers) {
    try {
      return gateway.handle(
          CaseGateway.fromTheClient(
              "GET",
              path,
              "HTTP/1.1",
              Headers.of(headers).toBuilder()
                  .add("Host", CaseApi.ID + ".execute-api.us-east-1.localhost")
                  .build(),
              Body.EMPTY));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private HttpResponse bearing(ObjectNode claims, String path) {
    return call(path, "Authorization", "Bearer " + KEY.token(Json.text(claims)));
  }

  private JsonNode authorizerMember() {
    assertThat(called).hasSize(1);
    return Json.parse(((Body.Buffered) called.getFirst().body()).bytes())
        .path("requestContext")
        .path("authorizer");
  }

  private void assertRefused(HttpResponse answer, String challenge) throws IOException {
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.headers().first("www-authenticate")).isEqualTo(challenge);
    assertThat(new String(answer.body().readAll(1000), StandardCharsets.UTF_8))
        .isEqualTo("{\"message\":\"Unauthorized\"}");
    assertThat(called).isEmpty();
  }

  private static String invalid(String description) {
    return "Bearer scope=\"\" error=\"invalid_token\" error_description=\"" + description + "\"";
  }

  @Test
  void tellsAFunctionWhatTheTokenClaims() {
    ObjectNode claims = claims().put("admin", true).putNull("nothing");
    claims.putArray("groups").add("a").add("b");
    claims.putObject("address").put("city", "Bern");

    assertThat(bearing(claims, "/pets").status()).isEqualTo(200);

    JsonNode jwt = authorizerMember().path("jwt");
    assertThat(jwt.path("claims").path("groups").asString()).isEqualTo("[a b]");
    assertThat(jwt.path("claims").path("admin").asString()).isEqualTo("true");
    assertThat(jwt.path("claims").path("address").asString()).isEqualTo("{\"city\":\"Bern\"}");
    assertThat(jwt.path("claims").path("exp").isString()).isTrue();
    assertThat(jwt.path("claims").has("nothing")).isFalse();
    assertThat(jwt.path("scopes").isNull()).isTrue();
  }

  @Test
  void tellsItTheScopesWhereTheRouteNamesSome() {
    assertThat(bearing(claims().put("scope", "read other"), "/scoped").status()).isEqualTo(200);

    JsonNode authorizer = authorizerMember();
    assertThat(authorizer.path("claims").path("sub").asString()).isEqualTo("me");
    assertThat(Json.text(authorizer.path("scopes"))).isEqualTo("[\"read\",\"other\"]");
  }

  @Test
  void takesScopesInAListAsWell() {
    ObjectNode claims = claims();
    claims.putArray("scp").add("write");

    assertThat(bearing(claims, "/scoped").status()).isEqualTo(200);
  }

  @Test
  void refusesATokenWithoutAScopeOfTheRoute() {
    HttpResponse answer = bearing(claims().put("scope", "reader"), "/scoped");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.headers().first("www-authenticate"))
        .startsWith("Bearer scope=\"read write\" error=\"insufficient_scope\"");
    assertThat(called).isEmpty();
  }

  @Test
  void challengesWhoBringsNoToken() throws IOException {
    assertRefused(call("/pets"), "Bearer");
    assertRefused(call("/pets", "Authorization", " "), "Bearer");
    assertThat(asked).isEmpty();
  }

  @Test
  void takesNoneOfTwoTokens() throws IOException {
    String token = KEY.token(Json.text(claims()));

    assertRefused(call("/pets", "Authorization", token, "authorization", token), "Bearer");
  }

  @Test
  void takesATokenWithoutBearer() {
    assertThat(call("/pets", "Authorization", KEY.token(Json.text(claims()))).status())
        .isEqualTo(200);
  }

  @Test
  void takesATokenFromTheQueryWhereThatIsItsSource() throws IOException {
    serve("{authorizerType: JWT, identitySource: ['$request.querystring.token']}");
    String token = KEY.token(Json.text(claims()));

    assertThat(call("/pets?token=" + token).status()).isEqualTo(200);
    called.clear();
    assertRefused(call("/pets", "Authorization", token), "Bearer");
  }

  @Test
  void refusesATokenForOthers() throws IOException {
    assertRefused(
        bearing(claims().put("aud", "client8"), "/pets"),
        invalid("the token does not have a valid audience"));
  }

  @Test
  void countsTheClientWhereATokenNamesNoAudience() throws IOException {
    ObjectNode without = claims();
    without.remove("aud");

    assertThat(bearing(without.put("client_id", "client7"), "/pets").status()).isEqualTo(200);
    called.clear();
    assertRefused(
        bearing(claims().put("aud", "client8").put("client_id", "client7"), "/pets"),
        invalid("the token does not have a valid audience"));
  }

  @Test
  void refusesATokenWhoseTimeIsOverOrHasNotBegun() throws IOException {
    long now = Instant.now().getEpochSecond();
    assertRefused(bearing(claims().put("exp", now - 1), "/pets"), invalid("the token has expired"));
    assertRefused(
        bearing(claims().put("nbf", now + 600), "/pets"), invalid("the token is not valid yet"));
    assertRefused(
        bearing(claims().put("iat", now + 600), "/pets"), invalid("the token is not valid yet"));
  }

  @Test
  void refusesATokenOfAnotherIssuer() throws IOException {
    assertRefused(
        bearing(claims().put("iss", ISSUER + "/"), "/pets"),
        invalid("the token does not have a valid issuer"));
    assertThat(asked).isEmpty();
  }

  @Test
  void refusesATokenOfAnotherKey() throws IOException {
    Signer forger = Signer.named("k1");

    assertRefused(
        call("/pets", "Authorization", forger.token(Json.text(claims()))),
        invalid("the token does not have a valid signature"));
  }

  @Test
  void findsKeysThatTheIssuerHasSince() throws IOException {
    assertThat(bearing(claims(), "/pets").status()).isEqualTo(200);
    called.clear();
    Signer next = Signer.named("k2");
    documents.put("/keys", Signer.keySet(KEY, next));
    String token = next.token(Json.text(claims()));

    assertRefused(
        call("/pets", "Authorization", token), invalid("the token is signed by an unknown key"));
    assertThat(asked).containsExactly("/.well-known/openid-configuration", "/keys");

    now.addAndGet(KeySetLimits.ofHttpApis().refetch().toNanos());
    assertThat(call("/pets", "Authorization", token).status()).isEqualTo(200);
    assertThat(asked)
        .containsExactly(
            "/.well-known/openid-configuration",
            "/keys",
            "/.well-known/openid-configuration",
            "/keys");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "HS256", "ES256"})
  void takesNoTokenOfAnotherAlgorithm(String algorithm) throws Exception {
    String signed =
        base64url("{\"alg\":\"" + algorithm + "\",\"kid\":\"k1\"}")
            + "."
            + base64url(Json.text(claims()));

    assertRefused(
        call(
            "/pets", "Authorization", signed + "." + (algorithm.equals("none") ? "" : mac(signed))),
        invalid("the token is not well-formed"));
  }

  /** Signed with what everybody can know: the public key as a secret. */
  private static String mac(String signed) throws NoSuchAlgorithmException, InvalidKeyException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Signer.keySet(KEY), "HmacSHA256"));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
  }

  private static String base64url(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void letsNobodyInWhileTheIssuerIsDownAndDoesNotAskForEveryCall() throws IOException {
    documents.clear();

    for (int i = 0; i < 3; i++) {
      assertRefused(
          bearing(claims(), "/pets"), invalid("OIDC discovery endpoint communication error"));
    }

    assertThat(asked).hasSize(1);
  }

  @Test
  void letsNobodyInByKeysThatAreNone() throws IOException {
    documents.put("/keys", "{}".getBytes(StandardCharsets.UTF_8));

    assertRefused(
        bearing(claims(), "/pets"), invalid("OIDC discovery endpoint communication error"));
  }

  @Test
  void letsNobodyInByAConfigurationThatIsTooLong() throws IOException {
    documents.put("/.well-known/openid-configuration", new byte[150_001]);

    assertRefused(
        bearing(claims(), "/pets"), invalid("OIDC discovery endpoint communication error"));
  }

  @Test
  void goesByNoConfigurationOfAnotherIssuer() throws IOException {
    publishes("https://other.test", ISSUER + "/keys");

    assertRefused(
        bearing(claims(), "/pets"), invalid("OIDC discovery endpoint communication error"));
    assertThat(asked).containsExactly("/.well-known/openid-configuration");
  }

  @Test
  void goesByNoConfigurationThatNamesNoIssuer() throws IOException {
    documents.put(
        "/.well-known/openid-configuration",
        Json.bytes(Json.object().put("jwks_uri", ISSUER + "/keys")));

    assertRefused(
        bearing(claims(), "/pets"), invalid("OIDC discovery endpoint communication error"));
    assertThat(asked).containsExactly("/.well-known/openid-configuration");
  }

  /** Nobody can configure them now; what was stored before is answered nevertheless. */
  @Test
  void namesScopesThatAreNoneInOneLineAndInQuotes() {
    HttpCaseDefinition api = new HttpCaseDefinition();
    assertThat(api.take("not accepted", "scopes that are none")).isTrue();
    assertThat(
            api.take(
                "authorizers",
                """
                {tokens: {authorizerType: JWT,
                          jwtConfiguration: {issuer: '%s', audience: [client7]}}}
                """
                    .formatted(ISSUER)))
        .isTrue();
    assertThat(
            api.take(
                "route GET /scoped",
                """
                {authorizationType: JWT, authorizerId: tokens,
                 authorizationScopes: ["read\\n", 'a"b', 'c\\d']}
                """))
        .isTrue();
    gateway = CaseGateway.of(api.served(), this::answered, line -> {});

    HttpResponse answer = bearing(claims(), "/scoped");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.headers().first("www-authenticate"))
        .startsWith("Bearer scope=\"read  a\\\"b c\\\\d\" error=\"insufficient_scope\"");
  }

  @Test
  void fetchesNoKeysOfAnHttpsIssuerInTheClear() throws IOException {
    publishes(ISSUER, "http://issuer.test/keys");

    assertRefused(
        bearing(claims(), "/pets"), invalid("OIDC discovery endpoint communication error"));
    assertThat(asked).containsExactly("/.well-known/openid-configuration");
  }
}
