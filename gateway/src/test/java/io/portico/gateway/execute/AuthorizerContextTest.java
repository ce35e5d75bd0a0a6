package io.portico.gateway.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.compute.Carrier;
import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.snapshot.AuthorizerVariable;
import io.portico.gateway.snapshot.GatewaySnapshot;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AuthorizerContextTest {

  @Test
  void aPrincipalIsTheAuthorizersWhateverItsContextCallsSo() {
    AuthorizerContext said =
        AuthorizerContext.ofLambda("me", Map.of("principalId", "other", "tier", "gold"), null);

    assertThat(said.values()).isEqualTo(Map.of("principalId", "me", "tier", "gold"));
    assertThat(said.text("principalId")).isEqualTo("me");
    assertThat(said.text("tier")).isEqualTo("gold");
    assertThat(said.text("TIER")).isNull();
  }

  @Test
  void variablesHaveTheValuesThatTheCallersAuthorizerGave() {
    AuthorizerContext token = AuthorizerContext.ofClaims(Map.of("sub", "1", "cognito:groups", "a"));
    AuthorizerContext function = AuthorizerContext.ofLambda("me", Map.of("sub", "2"), null);

    assertThat(value("authorizer.claims.sub", token)).isEqualTo("1");
    assertThat(value("authorizer.claims.cognito:groups", token)).isEqualTo("a");
    assertThat(value("authorizer.sub", token)).isNull();
    assertThat(value("authorizer.sub", function)).isEqualTo("2");
    assertThat(value("authorizer.claims.sub", function)).isNull();
    assertThat(value("authorizer.principalId", function)).isEqualTo("me");
    assertThat(value("authorizer.principalId", null)).isNull();
  }

  @Test
  void whatIsNoMemberOfAnAuthorizerIsNoVariableOfIt() {
    assertThat(AuthorizerVariable.of("authorizer")).isNull();
    assertThat(AuthorizerVariable.of("authorizer.")).isNull();
    assertThat(AuthorizerVariable.of("identity.user")).isNull();
    assertThat(AuthorizerVariable.of("authorizer.claims"))
        .isEqualTo(new AuthorizerVariable(false, "claims"));
  }

  private static @Nullable String value(String name, @Nullable AuthorizerContext said) {
    Invocation invocation =
        new Invocations(Clock.systemUTC(), Carrier.UNSHARED, Overruns.UNTOLD)
            .begin(
                Requests.get("/pets"),
                Objects.requireNonNull(ApiAddress.of(Requests.get("/pets"))),
                new CaseApi().compile(),
                GatewaySnapshot.EMPTY);
    if (said != null) {
      invocation.observations().identified(Caller.ANONYMOUS.with(said));
    }
    return ContextValues.text(Objects.requireNonNull(AuthorizerVariable.of(name)), invocation);
  }
}
