package io.portico.gateway.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.model.AuthorizerRecord;
import io.portico.gateway.snapshot.UserPool;
import io.portico.gateway.snapshot.UserPoolAuthorizer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class UserPoolIssuersTest {
  private static final String ARN =
      "arn:aws:cognito-idp:eu-west-1:000000000000:userpool/eu-west-1_AbC";
  private static final ServiceEndpoints NONE = new ServiceEndpoints(Map.of(), null, false);

  @Test
  void aPoolIsAtAwsWhereNothingElseIsSaid() throws UnusableException {
    UserPool pool = new UserPoolIssuers(NONE).pool(ARN);

    assertThat(pool.id()).isEqualTo("eu-west-1_AbC");
    assertThat(pool.issuers())
        .containsExactly("https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbC");
    assertThat(pool.keys())
        .hasToString(
            "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbC/.well-known/jwks.json");
    assertThat(pool.keys().origin().verifyTls()).isTrue();
  }

  @Test
  void aPoolOfAnotherPartitionIsInItsDomain() throws UnusableException {
    UserPoolIssuers issuers = new UserPoolIssuers(NONE);

    assertThat(issuers.pool(ARN.replace("arn:aws:", "arn:aws-cn:")).issuers())
        .containsExactly("https://cognito-idp.eu-west-1.amazonaws.com.cn/eu-west-1_AbC");
    assertThatThrownBy(() -> issuers.pool(ARN.replace("arn:aws:", "arn:aws-iso:")))
        .isInstanceOf(UnusableException.class);
    assertThatThrownBy(() -> issuers.pool("arn:aws:cognito-idp:eu-west-1:0:userpool/eu-west-1_A"))
        .isInstanceOf(UnusableException.class);
  }

  @Test
  void aPoolIsAtTheEndpointOfCognitoAndCallsItselfByEitherName() throws UnusableException {
    UserPool pool =
        new UserPoolIssuers(
                new ServiceEndpoints(
                    Map.of("COGNITO_IDENTITY_PROVIDER", URI.create("http://localhost:9229/")),
                    URI.create("http://all.example"),
                    false))
            .pool(ARN);

    assertThat(pool.issuers())
        .containsExactly(
            "http://localhost:9229/eu-west-1_AbC",
            "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbC");
    assertThat(pool.keys())
        .hasToString("http://localhost:9229/eu-west-1_AbC/.well-known/jwks.json");
  }

  @Test
  void aPoolIsAtTheEndpointOfAllServices() throws UnusableException {
    UserPool pool =
        new UserPoolIssuers(
                new ServiceEndpoints(Map.of(), URI.create("http://all.example/aws"), false))
            .pool(ARN);

    assertThat(pool.keys())
        .hasToString("http://all.example/aws/eu-west-1_AbC/.well-known/jwks.json");
  }

  @Test
  void aPoolHasTheIssuerThatIsConfiguredForItAndNoOther() throws UnusableException {
    UserPoolIssuers issuers =
        new UserPoolIssuers(
            NONE,
            Map.of(
                "eu-west-1_AbC",
                "https://login.example/realms/shop",
                "*",
                "http://localhost:9229/{pool}"),
            Map.of("eu-west-1_AbC", "https://login.example/realms/shop/certs?kid=all"));

    UserPool own = issuers.pool(ARN);
    UserPool other = issuers.pool(ARN + "d");

    assertThat(own.issuers()).containsExactly("https://login.example/realms/shop");
    assertThat(own.keys()).hasToString("https://login.example/realms/shop/certs?kid=all");
    assertThat(other.issuers()).containsExactly("http://localhost:9229/eu-west-1_AbCd");
    assertThat(other.keys())
        .hasToString("http://localhost:9229/eu-west-1_AbCd/.well-known/jwks.json");
  }

  @Test
  void anAuthorizerFindsItsPoolByTheIssuer() throws UnusableException {
    UserPoolAuthorizer authorizer =
        compiled(List.of(ARN, ARN + "d"), "method.request.header.X-Token", "c[0-9]+");

    assertThat(authorizer.header()).isEqualTo("X-Token");
    assertThat(authorizer.audience()).hasToString("c[0-9]+");
    assertThat(authorizer.pool("https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCd"))
        .extracting(pool -> Objects.requireNonNull(pool).id())
        .isEqualTo("eu-west-1_AbCd");
    assertThat(authorizer.pool("https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab"))
        .isNull();
    assertThat(compiled(List.of(ARN), null, "").header()).isEqualTo("Authorization");
    assertThat(compiled(List.of(ARN), null, "").audience()).isNull();
  }

  @Test
  void aPoolMayBeAStageVariable() throws UnusableException {
    String arns = ARN.substring(0, ARN.indexOf('/') + 1);

    UserPoolAuthorizer authorizer = compiled(List.of(arns + "${stageVariables.pool}"), null, null);

    assertThat(authorizer.pool("https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbC"))
        .isNotNull();
    assertThatThrownBy(() -> compiled(List.of(arns + "${stageVariables.other}"), null, null))
        .isInstanceOf(UnusableException.class)
        .hasMessageContaining("is not defined");
    assertThatThrownBy(() -> compiled(List.of(arns + "${stageVariables.nonsense}"), null, null))
        .isInstanceOf(UnusableException.class);
  }

  @Test
  void anAuthorizerThatIsNotUnderstoodIsUnusable() {
    assertThatThrownBy(() -> compiled(List.of(), null, null)).isInstanceOf(UnusableException.class);
    assertThatThrownBy(() -> compiled(List.of("pool"), null, null))
        .isInstanceOf(UnusableException.class);
    assertThatThrownBy(() -> compiled(List.of(ARN), "method.request.querystring.token", null))
        .isInstanceOf(UnusableException.class);
    assertThatThrownBy(() -> compiled(List.of(ARN), null, "("))
        .isInstanceOf(UnusableException.class);
  }

  private static UserPoolAuthorizer compiled(
      List<String> arns, @Nullable String identitySource, @Nullable String expression)
      throws UnusableException {
    return UserPoolAuthorizerCompiler.compile(
        new AuthorizerRecord(
            "a",
            "a",
            "COGNITO_USER_POOLS",
            arns,
            null,
            null,
            null,
            identitySource,
            expression,
            null),
        new UserPoolIssuers(NONE),
        new StageVariables(Map.of("pool", "eu-west-1_AbC", "nonsense", "a/b")));
  }
}
