package io.portico.gateway.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.compile.ParameterExpressions.InvalidExpressionException;
import io.portico.gateway.snapshot.AuthorizerVariable;
import io.portico.gateway.snapshot.ContextVariable;
import io.portico.gateway.snapshot.ParameterMapping;
import io.portico.gateway.snapshot.ParameterPlace;
import io.portico.gateway.snapshot.ParameterSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ParameterExpressionsTest {

  @Test
  void readsEverySource() throws InvalidExpressionException {
    assertThat(source("'a b'")).isEqualTo(new ParameterSource.Literal("a b"));
    assertThat(source("''")).isEqualTo(new ParameterSource.Literal(""));
    assertThat(source("method.request.path.id")).isEqualTo(new ParameterSource.PathVariable("id"));
    assertThat(source("method.request.querystring.a.b"))
        .isEqualTo(new ParameterSource.QueryString("a.b", false));
    assertThat(source("method.request.multivaluequerystring.q"))
        .isEqualTo(new ParameterSource.QueryString("q", true));
    assertThat(source("method.request.header.X-Y"))
        .isEqualTo(new ParameterSource.RequestHeader("X-Y", false));
    assertThat(source("method.request.multivalueheader.X"))
        .isEqualTo(new ParameterSource.RequestHeader("X", true));
    assertThat(source("method.request.body")).hasToString("RequestBody[path=$]");
    assertThat(source("method.request.body.a.b")).hasToString("RequestBody[path=$.a.b]");
    assertThat(source("integration.response.body[0].c")).hasToString("ResponseBody[path=$[0].c]");
    assertThat(source("integration.response.header.X"))
        .isEqualTo(new ParameterSource.ResponseHeader("X", false));
    assertThat(source("context.identity.sourceIp"))
        .isEqualTo(new ParameterSource.Context(ContextVariable.IDENTITY_SOURCE_IP));
    assertThat(source("context.integrationLatency")).isEqualTo(new ParameterSource.Context(null));
    assertThat(source("context.nothing")).isEqualTo(new ParameterSource.Context(null));
    assertThat(source("context.authorizer.tier"))
        .isEqualTo(new ParameterSource.Authorizer(new AuthorizerVariable(false, "tier")));
    assertThat(source("context.authorizer.claims.cognito:username"))
        .isEqualTo(
            new ParameterSource.Authorizer(new AuthorizerVariable(true, "cognito:username")));
    assertThat(source("stageVariables.v")).isEqualTo(new ParameterSource.StageVariable("v"));
  }

  @Test
  void readsWhatAMappingSets() throws InvalidExpressionException {
    assertThat(
            ParameterExpressions.mappings(
                Map.of("integration.request.path.a.b", "'x'"), "integration.request."))
        .containsExactly(
            new ParameterMapping(ParameterPlace.PATH, "a.b", new ParameterSource.Literal("x")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "'",
        "'open",
        "plain",
        "true",
        "method.request",
        "method.request.",
        "context.",
        "method.request.header.",
        "method.request.cookie.x",
        "integration.response.path.x",
        "method.response.header.x",
        "stageVariables."
      })
  void refusesWhatIsNoExpression(String expression) {
    assertThatThrownBy(() -> source(expression)).isInstanceOf(InvalidExpressionException.class);
  }

  private static ParameterSource source(String expression) throws InvalidExpressionException {
    return ParameterExpressions.source(expression);
  }
}
