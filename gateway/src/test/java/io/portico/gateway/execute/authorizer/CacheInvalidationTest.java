package io.portico.gateway.execute.authorizer;

import static io.portico.gateway.execute.authorizer.SignedPlane.API;
import static io.portico.gateway.execute.authorizer.SignedPlane.OWNER;
import static io.portico.gateway.execute.authorizer.SignedPlane.POOL_ARN;
import static io.portico.gateway.execute.authorizer.SignedPlane.ROOT;
import static io.portico.gateway.execute.authorizer.SignedPlane.bearing;
import static io.portico.gateway.execute.authorizer.SignedPlane.identity;
import static io.portico.gateway.execute.authorizer.SignedPlane.policy;
import static io.portico.gateway.execute.authorizer.SignedPlane.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.aws.AwsPrincipal;
import io.portico.gateway.aws.Credentials;
import io.portico.gateway.execute.Caller;
import io.portico.gateway.execute.IamCaller;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may have a cached response made anew. */
final class CacheInvalidationTest {
  private static final String INVALIDATING =
      policy(
          "\"Effect\": \"Allow\", \"Action\": \"execute-api:InvalidateCache\", \"Resource\": \"%s\""
              .formatted(API + "/GET/pets"));

  private final SignedPlane plane = new SignedPlane(new CaseApi());

  /** A call of {@code GET /pets} of an API with a resource policy, or without one where empty. */
  private static MethodMatch match(String policy) {
    CaseApi api = new CaseApi();
    if (!policy.isEmpty()) {
      api.api(Json.text(Json.object().put("policy", policy)));
    }
    return SignedPlane.match(api, request("GET", "/pets", Headers.empty(), ""));
  }

  private static Caller by(Credentials credentials) {
    return new Caller(
        null,
        null,
        new IamCaller(new AwsPrincipal(OWNER, "arn", "id"), credentials.accessKeyId(), credentials),
        null,
        null);
  }

  private boolean mayInvalidate(Caller caller, String policy) {
    return plane.authorizers.mayInvalidateCache(match(policy), caller);
  }

  @Test
  void whoHasSignedMayWhatHisPoliciesAllow() {
    Credentials ann = plane.user(OWNER, "ann", INVALIDATING);
    Credentials ben = plane.user(OWNER, "ben", SignedPlane.may("Allow", "*"));
    Credentials gone = new Credentials("AKIAgone", "of gone", null);

    assertThat(mayInvalidate(by(ROOT), "")).isTrue();
    assertThat(mayInvalidate(by(ann), "")).isTrue();
    assertThat(mayInvalidate(by(ben), "")).isFalse();
    assertThat(mayInvalidate(by(gone), "")).isFalse();
  }

  @Test
  void theResourcePolicyAllowsAndDeniesIt() {
    String statement =
        "\"Effect\": \"%s\", \"Principal\": \"*\", \"Action\": \"execute-api:%s\","
            + " \"Resource\": \"execute-api:/*\"";
    String allowing = policy(statement.formatted("Allow", "*"));
    String invoking = policy(statement.formatted("Allow", "Invoke"));
    String denying = policy(statement.formatted("Deny", "InvalidateCache"));
    Credentials nobody = plane.user(OWNER, "nobody");

    assertThat(mayInvalidate(Caller.ANONYMOUS, "")).isFalse();
    assertThat(mayInvalidate(Caller.ANONYMOUS, allowing)).isTrue();
    assertThat(mayInvalidate(Caller.ANONYMOUS, invoking)).isFalse();
    assertThat(mayInvalidate(by(nobody), allowing)).isTrue();
    assertThat(mayInvalidate(by(nobody), invoking)).isFalse();
    assertThat(mayInvalidate(by(ROOT), denying)).isFalse();
  }

  /**
   * One who was let in by a Lambda authorizer: by its policy and the API's, as he may call. AWS:
   * assumed.
   */
  @ParameterizedTest
  @CsvSource({
    "Invoke, none, 403",
    "InvalidateCache, none, 200",
    "Deny, none, 403",
    "Invoke, Invoke, 403",
    "Invoke, InvalidateCache, 200",
    "Deny, InvalidateCache, 403",
    "InvalidateCache, Invoke, 200",
    "InvalidateCache, Deny, 403",
  })
  void whomALambdaAuthorizerLetsInMayWhatItsPolicyAllows(
      String ofAuthorizer, String ofApi, int status) {
    SignedPlane called =
        new SignedPlane(
            cached("{authorizationType: CUSTOM, authorizerId: guard}", "{guard: {}}", ofApi));
    called.ofAuthorizer = may(ofAuthorizer, "");

    HttpRequest first = request("GET", "/pets", Headers.of("Authorization", "x"), "");
    HttpRequest anew =
        request("GET", "/pets", Headers.of("Authorization", "x", "Cache-Control", "max-age=0"), "");

    assertThat(called.answer(first).status()).isEqualTo(200);
    assertThat(called.answer(anew).status()).isEqualTo(status);
    assertThat(called.sent).hasSize(status == 200 ? 2 : 1);
  }

  /** One with a token of a user pool: by the API's policy alone. AWS: assumed. */
  @ParameterizedTest
  @CsvSource({"none, 403", "Invoke, 403", "InvalidateCache, 200", "Deny, 403"})
  void whoBringsATokenOfAUserPoolMayWhatTheApisPolicyAllows(String ofApi, int status) {
    SignedPlane called =
        new SignedPlane(
            cached(
                "{authorizationType: COGNITO_USER_POOLS, authorizerId: pool}",
                "{pool: {type: COGNITO_USER_POOLS, providerARNs: ['%s']}}".formatted(POOL_ARN),
                ofApi));

    HttpRequest first = bearing(identity(), "/pets", Headers.empty());
    HttpRequest anew = bearing(identity(), "/pets", Headers.of("Cache-Control", "max-age=0"));

    assertThat(called.answer(first).status()).isEqualTo(200);
    assertThat(called.answer(anew).status()).isEqualTo(status);
    assertThat(called.sent).hasSize(status == 200 ? 2 : 1);
  }

  /** An API whose answers are cached, and made anew for those alone who may. */
  private static CaseApi cached(String method, String authorizers, String policy) {
    CaseApi api = new CaseApi();
    if (!policy.equals("none")) {
      api.api(Json.text(Json.object().put("policy", may(policy, "\"Principal\": \"*\", "))));
    }
    api.stage(
        """
        cacheClusterEnabled: true
        cacheClusterSize: '0.5'
        methodSettings: {'*/*': {cachingEnabled: true, throttlingBurstLimit: -1, throttlingRateLimit: -1, requireAuthorizationForCacheControl: true, cacheTtlInSeconds: 300, unauthorizedCacheControlHeaderStrategy: FAIL_WITH_403}}
        """);
    api.authorizers(authorizers);
    api.method("GET", "/pets", method);
    return api;
  }

  /** A policy that allows calls, and of a cached answer what a test says. */
  private static String may(String what, String principal) {
    String invoking = statement("Allow", principal, "Invoke");
    return switch (what) {
      case "Invoke" -> policy(invoking);
      case "Deny" ->
          policy(
              statement("Allow", principal, "*"), statement("Deny", principal, "InvalidateCache"));
      default -> policy(invoking, statement("Allow", principal, what));
    };
  }

  private static String statement(String effect, String principal, String action) {
    return "\"Effect\": \"%s\", %s\"Action\": \"execute-api:%s\", \"Resource\": \"*\""
        .formatted(effect, principal, action);
  }
}
