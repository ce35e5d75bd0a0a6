package io.portico.gateway.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.aws.EndpointUrl;
import io.portico.gateway.snapshot.SigningIdentity;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SigningIdentitiesTest {
  private static final String ACCOUNT = "000000000000";
  private static final String ROLE = "arn:aws:iam::000000000000:role/api";
  private static final String CALLER = "arn:aws:iam::*:user/*";
  private static final String FUNCTION = "arn:aws:lambda:eu-west-1:000000000000:function:pets";
  private static final StageVariables VARIABLES =
      new StageVariables(Map.of("role", "api", "who", "*"));
  private static final ServiceEndpoints PLAIN = new ServiceEndpoints(Map.of(), null, true);
  private static final ServiceEndpoints ASSUMING = PLAIN.assumingRoles();
  private static final EndpointUrl OWN = EndpointUrl.of(URI.create("http://127.0.0.1:40000"));

  private static SigningIdentity of(@Nullable String credentials, ServiceEndpoints services)
      throws UnusableException {
    return new SigningIdentities(ACCOUNT, VARIABLES, services).of(credentials, "aws", "eu-west-1");
  }

  private static SigningIdentity ofFunction(String credentials, FunctionEndpoints functions)
      throws UnusableException {
    return new SigningIdentities(ACCOUNT, VARIABLES, ASSUMING)
        .ofFunction(credentials, functions, functions.function(FUNCTION));
  }

  @Test
  void aRoleIsAssumedInTheRegionOfTheServiceWhereThatIsWanted() throws Exception {
    SigningIdentity identity =
        of("arn:aws:iam::000000000000:role/${stageVariables.role}", ASSUMING);

    assertThat(identity)
        .isInstanceOfSatisfying(
            SigningIdentity.Role.class,
            role -> {
              assertThat(role.arn()).isEqualTo(ROLE);
              assertThat(role.sts().host()).isEqualTo("sts.eu-west-1.amazonaws.com");
              assertThat(role.sts().region()).isEqualTo("eu-west-1");
              assertThat(role.sts().signingName()).isEqualTo("sts");
              assertThat(role.path()).isEqualTo("/");
            });
    assertThat(of(ROLE, PLAIN)).isEqualTo(new SigningIdentity.Gateway());
  }

  @Test
  void aConfiguredEndpointOfStsHasItsPath() throws Exception {
    ServiceEndpoints configured =
        new ServiceEndpoints(Map.of("STS", URI.create("http://127.0.0.1:9000/sts/")), null, false)
            .assumingRoles();

    assertThat(of(ROLE, configured))
        .isInstanceOfSatisfying(
            SigningIdentity.Role.class, role -> assertThat(role.path()).isEqualTo("/sts/"));
  }

  @Test
  void whoeverCallsAndNobodyAreAsTheyAreWithoutRoles() throws Exception {
    assertThat(of(CALLER, ASSUMING)).isEqualTo(new SigningIdentity.Caller());
    assertThat(of("arn:aws:iam::${stageVariables.who}:user/*", PLAIN))
        .isEqualTo(new SigningIdentity.Caller());
    assertThat(of(null, ASSUMING)).isEqualTo(new SigningIdentity.Gateway());
    assertThat(of("", ASSUMING)).isEqualTo(new SigningIdentity.Gateway());
  }

  @Test
  void withoutAnStsOrARoleNothingIsCalled() {
    ServiceEndpoints nowhere =
        new ServiceEndpoints(Map.of("SQS", URI.create("http://a")), null, false).assumingRoles();

    assertThatThrownBy(() -> of(ROLE, nowhere))
        .isInstanceOf(UnusableException.class)
        .hasMessageContaining("AWS_ENDPOINT_URL_STS");
    assertThatThrownBy(() -> of("arn:aws:iam::000000000000:user/me", ASSUMING))
        .isInstanceOf(UnusableException.class)
        .hasMessageContaining("no role");
    assertThatThrownBy(() -> of("${stageVariables.none}", ASSUMING))
        .isInstanceOf(UnusableException.class)
        .hasMessageContaining("not defined");
  }

  @Test
  void aRoleOfAnotherAccountThanTheApisIsNotAssumed() throws Exception {
    String another = "arn:aws:iam::111122223333:role/api";
    FunctionEndpoints elsewhere =
        new FunctionEndpoints(List.of(), EndpointUrl.of(URI.create("http://elsewhere")), OWN);

    assertThatThrownBy(() -> of(another, ASSUMING))
        .isInstanceOf(UnusableException.class)
        .hasMessageContaining(another)
        .hasMessageContaining("another account than the API's, " + ACCOUNT);
    assertThatThrownBy(() -> ofFunction(another, elsewhere)).isInstanceOf(UnusableException.class);
    assertThat(of(another, PLAIN)).isEqualTo(new SigningIdentity.Gateway());
  }

  @Test
  void theOwnLambdaHostIsToldTheRoleInstead() throws Exception {
    FunctionEndpoints own = new FunctionEndpoints(List.of(), OWN, OWN);
    FunctionEndpoints elsewhere =
        new FunctionEndpoints(List.of(), EndpointUrl.of(URI.create("http://elsewhere")), OWN);

    assertThat(ofFunction(ROLE, own)).isEqualTo(new SigningIdentity.Gateway());
    assertThat(ofFunction(CALLER, own)).isEqualTo(new SigningIdentity.Caller());
    assertThat(ofFunction(ROLE, elsewhere))
        .isInstanceOfSatisfying(
            SigningIdentity.Role.class,
            role -> assertThat(role.sts().host()).isEqualTo("sts.eu-west-1.amazonaws.com"));
  }
}
