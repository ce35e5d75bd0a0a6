package io.portico.gateway.execute.authorizer;

import static io.portico.gateway.execute.authorizer.SignedPlane.POOL_ARN;
import static io.portico.gateway.execute.authorizer.SignedPlane.bearing;
import static io.portico.gateway.execute.authorizer.SignedPlane.identity;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.authorizer.SignedPlane.Answer;
import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.jose.KeySetUrl;
import io.portico.gateway.snapshot.UserPool;
import io.portico.gateway.snapshot.UserPoolAuthorizer;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** Calls with a token of a user pool. */
final class UserPoolCallsTest {
  private final SignedPlane plane = new SignedPlane(api());

  private static CaseApi api() {
    CaseApi api = new CaseApi();
    api.authorizers(
        "{pool: {type: COGNITO_USER_POOLS, providerARNs: ['%s'],".formatted(POOL_ARN)
            + " identityValidationExpression: 'client[0-9]'}}");
    api.method("GET", "/me", "{authorizationType: COGNITO_USER_POOLS, authorizerId: pool}");
    api.method(
        "GET",
        "/orders",
        "{authorizationType: COGNITO_USER_POOLS, authorizerId: pool,"
            + " authorizationScopes: [orders/read]}");
    return api;
  }

  private static ObjectNode access() {
    ObjectNode claims = identity().put("token_use", "access").put("scope", "orders/read");
    claims.remove("aud");
    return claims.put("client_id", "client7");
  }

  /** The expression is for the whole of an audience, or of the client's id where there is none. */
  @ParameterizedTest
  @CsvSource({
    "client7, 200",
    "client77, 401",
    "a client7, 401",
    "CLIENT7, 401",
    "'', 401",
  })
  void theValidationExpressionIsForWhomATokenIs(String client, int status) {
    Answer identity = plane.answer(bearing(identity().put("aud", client), "/me", Headers.empty()));
    Answer access =
        plane.answer(bearing(access().put("client_id", client), "/orders", Headers.empty()));

    assertThat(identity.status()).as(identity.body()).isEqualTo(status);
    assertThat(access.status()).as(access.body()).isEqualTo(status);
    assertThat(plane.sent).hasSize(status == 200 ? 2 : 0);
  }

  @Test
  void aClientsIdIsNoAudienceOfATokenThatHasOne() {
    ObjectNode ofAnother = access().put("aud", "another");

    assertThat(plane.answer(bearing(ofAnother, "/orders", Headers.empty())).status())
        .isEqualTo(401);
  }

  @Test
  void whoIsOfNoClientIsRefused() {
    ObjectNode nobodys = identity();
    nobodys.remove("aud");

    assertThat(plane.answer(bearing(nobodys, "/me", Headers.empty())).status()).isEqualTo(401);
  }

  @Test
  void aPoolThatNobodyAsksForIsForgotten() {
    AtomicLong nanos = new AtomicLong();
    UserPoolAuthorizers pools =
        new UserPoolAuthorizers(
            request -> {
              throw new UpstreamException(
                  UpstreamException.Reason.CONNECT_FAILED, "nobody is there", null);
            },
            Clock.fixed(SignedPlane.NOW, ZoneOffset.UTC),
            nanos::get);
    for (int i = 0; i < 10; i++) {
      ask(pools, "http://aws.test/pool" + i);
    }
    long asked = pools.pools();

    nanos.addAndGet(Duration.ofHours(1).toNanos());
    ask(pools, "http://aws.test/pool3");
    nanos.addAndGet(Duration.ofHours(1).toNanos());

    assertThat(asked).isEqualTo(10);
    assertThat(pools.pools()).isEqualTo(1);
  }

  @Test
  void ofVeryManyPoolsOnlySoManyAreKept() {
    UserPoolAuthorizers pools =
        new UserPoolAuthorizers(
            request -> {
              throw new UpstreamException(
                  UpstreamException.Reason.CONNECT_FAILED, "nobody is there", null);
            },
            Clock.fixed(SignedPlane.NOW, ZoneOffset.UTC));
    for (int i = 0; i < 1100; i++) {
      ask(pools, "http://aws.test/pool" + i);
    }

    assertThat(pools.pools()).isEqualTo(1000);
  }

  /** Brings a token of a pool whose keys cannot be had. */
  private static void ask(UserPoolAuthorizers pools, String issuer) {
    UserPoolAuthorizer authorizer =
        new UserPoolAuthorizer(
            "pool",
            "Authorization",
            null,
            List.of(new UserPool("pool", List.of(issuer), KeySetUrl.of(URI.create(issuer)))));

    assertThatThrownBy(
            () ->
                pools.test(
                    SignedPlane.match(
                        api(), bearing(identity().put("iss", issuer), "/me", Headers.empty())),
                    authorizer))
        .isInstanceOfSatisfying(
            GatewayFault.class, fault -> assertThat(fault.status()).isEqualTo(500));
  }
}
