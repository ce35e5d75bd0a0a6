package io.portico.gateway.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.aws.ArnPattern;
import io.portico.gateway.aws.EndpointUrl;
import io.portico.gateway.snapshot.LambdaFunction;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FunctionEndpointsTest {
  private static final String FUNCTION = "arn:aws:lambda:eu-west-1:000000000000:function:";

  @ParameterizedTest
  @CsvSource({
    "orders-new, orders:3001",
    "orders-new:live, orders:3001",
    "orders:live, live:3002",
    "orders, others:3003",
    "pets, others:3003"
  })
  void theFirstRuleThatAnArnIsLikeIsItsEndpoint(String name, String authority) throws Exception {
    FunctionEndpoints endpoints =
        new FunctionEndpoints(
            List.of(
                rule("arn:aws:lambda:*:*:function:orders-*", "http://orders:3001"),
                rule("arn:aws:lambda:*:*:function:*:live", "http://live:3002")),
            EndpointUrl.of(URI.create("http://others:3003")));

    assertThat(endpoints.function(FUNCTION + name).origin().authority()).isEqualTo(authority);
  }

  @Test
  void anArnWithoutQualifierIsForAllQualifiers() throws Exception {
    FunctionEndpoints endpoints =
        new FunctionEndpoints(List.of(rule(FUNCTION + "pets", "http://pets:3001")), null);

    assertThat(endpoints.function(FUNCTION + "pets:7").origin().authority()).isEqualTo("pets:3001");
  }

  @Test
  void thePathOfAnEndpointStandsBeforeThatOfTheCall() throws Exception {
    FunctionEndpoints endpoints =
        new FunctionEndpoints(List.of(), EndpointUrl.of(URI.create("http://[::1]:9001/lambda/")));

    LambdaFunction function = endpoints.function("pets");

    assertThat(function.origin().authority()).isEqualTo("[::1]:9001");
    assertThat(function.invokePath()).isEqualTo("/lambda/2015-03-31/functions/pets/invocations");
  }

  @Test
  void anEndpointThatServesOneFunctionKeepsItsPath() throws Exception {
    String emulator = "http://127.0.0.1:9000/2015-03-31/functions/function/invocations";
    FunctionEndpoints endpoints =
        new FunctionEndpoints(List.of(rule(FUNCTION + "orders-*", emulator)), null);

    LambdaFunction function = endpoints.function(FUNCTION + "orders-new:live");

    assertThat(function.invokePath()).isEqualTo("/2015-03-31/functions/function/invocations");
    assertThat(function.emulated()).isTrue();
  }

  @Test
  void aFunctionWithoutEndpointIsUnusable() {
    FunctionEndpoints endpoints =
        new FunctionEndpoints(List.of(rule(FUNCTION + "orders", "http://orders:3001")), null);

    assertThatThrownBy(() -> endpoints.function(FUNCTION + "pets"))
        .isInstanceOf(UnusableException.class)
        .hasMessage(
            "no Lambda endpoint of %spets is configured: set lambda.endpoint, aws.endpoint or"
                + " AWS_ENDPOINT_URL_LAMBDA",
            FUNCTION);
  }

  private static FunctionEndpoints.Rule rule(String pattern, String url) {
    return new FunctionEndpoints.Rule(
        Objects.requireNonNull(ArnPattern.of(pattern)), EndpointUrl.of(URI.create(url)));
  }
}
