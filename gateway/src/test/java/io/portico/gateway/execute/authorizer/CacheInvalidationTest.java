package io.portico.gateway.execute.authorizer;

import static io.portico.gateway.execute.authorizer.SignedPlane.API;
import static io.portico.gateway.execute.authorizer.SignedPlane.OWNER;
import static io.portico.gateway.execute.authorizer.SignedPlane.ROOT;
import static io.portico.gateway.execute.authorizer.SignedPlane.may;
import static io.portico.gateway.execute.authorizer.SignedPlane.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.aws.AwsPrincipal;
import io.portico.gateway.aws.Credentials;
import io.portico.gateway.compute.Carrier;
import io.portico.gateway.execute.ApiAddress;
import io.portico.gateway.execute.Caller;
import io.portico.gateway.execute.IamCaller;
import io.portico.gateway.execute.Invocations;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.execute.Overruns;
import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.json.Json;
import io.portico.gateway.snapshot.GatewaySnapshot;
import io.portico.gateway.snapshot.MethodSnapshot;
import io.portico.gateway.snapshot.StageSnapshot;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

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
    GatewaySnapshot served = api.served();
    StageSnapshot stage = Objects.requireNonNull(served.stage(CaseApi.ID, CaseApi.STAGE));
    MethodSnapshot method =
        Objects.requireNonNull(
            Objects.requireNonNull(stage.routes().root().children().get("pets"))
                .methods()
                .get("GET"));
    HttpRequest request = SignedPlane.request("GET", "/pets", Headers.empty(), "");
    return new MethodMatch(
        new Invocations(Clock.systemUTC(), Carrier.UNSHARED, Overruns.UNTOLD)
            .begin(request, Objects.requireNonNull(ApiAddress.of(request)), stage, served),
        method,
        Map.of());
  }

  private static Caller by(Credentials credentials) {
    return new Caller(
        null,
        null,
        new IamCaller(new AwsPrincipal(OWNER, "arn", "id"), credentials.accessKeyId(), credentials),
        null);
  }

  private boolean mayInvalidate(Caller caller, String policy) {
    return plane.authorizers.mayInvalidateCache(match(policy), caller);
  }

  @Test
  void whoHasSignedMayWhatHisPoliciesAllow() {
    Credentials ann = plane.user(OWNER, "ann", INVALIDATING);
    Credentials ben = plane.user(OWNER, "ben", may("Allow", "*"));
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
}
