package io.portico.gateway.aws.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.aws.policy.PermissionLimit.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class IamIdentityTest {
  private static final String ACCOUNT = "111122223333";
  private static final String OTHER = "444455556666";
  private static final String ROLE = "arn:aws:iam::111122223333:role/r";
  private static final Policy ALLOWS = ofIdentity("Allow");
  private static final Policy DENIES = ofIdentity("Deny");

  private static Policy ofIdentity(String effect) {
    return Policy.ofIdentity(
        "{\"Statement\": {\"Effect\": \"%s\", \"Action\": \"lambda:*\", \"Resource\": \"*\"}}"
            .formatted(effect));
  }

  private static Policy ofResource(String effect, String principal) {
    return Policy.ofResource(
        "{\"Statement\": {\"Effect\": \"%s\", \"Principal\": {\"AWS\": \"%s\"},"
                .formatted(effect, principal)
            + " \"Action\": \"lambda:*\", \"Resource\": \"*\"}}");
  }

  private static IamIdentity role(List<Policy> permissions, List<PermissionLimit> limits) {
    return new IamIdentity(
        new Requester.Signed(ACCOUNT, false, Set.of(ROLE)), ROLE, permissions, limits);
  }

  private static PermissionLimit boundary(Policy... policies) {
    return new PermissionLimit(Kind.BOUNDARY, List.of(policies));
  }

  private static PermissionLimit session(Policy... policies) {
    return new PermissionLimit(Kind.SESSION, List.of(policies));
  }

  private static Decision decision(IamIdentity identity, Policy resourcePolicy, String owner) {
    return identity.decide(
        "lambda:InvokeFunction",
        "arn:aws:lambda:us-east-1:%s:function:f".formatted(owner),
        RequestContext.of(Map.of()),
        resourcePolicy,
        owner);
  }

  private static boolean may(IamIdentity identity, Policy resourcePolicy, String owner) {
    return identity.may(
        "lambda:InvokeFunction",
        "arn:aws:lambda:us-east-1:%s:function:f".formatted(owner),
        RequestContext.of(Map.of()),
        resourcePolicy,
        owner);
  }

  @Test
  void withinAnAccountOneOfBothHasToAllow() {
    IamIdentity allowed = role(List.of(ALLOWS), List.of());
    IamIdentity nobody = role(List.of(), List.of());

    assertThat(may(allowed, Policy.NONE, ACCOUNT)).isTrue();
    assertThat(may(nobody, ofResource("Allow", ROLE), ACCOUNT)).isTrue();
    assertThat(may(nobody, ofResource("Allow", ACCOUNT), ACCOUNT))
        .as("the account is left to allow it")
        .isFalse();
    assertThat(may(nobody, Policy.NONE, ACCOUNT)).isFalse();
  }

  @Test
  void betweenAccountsBothHaveTo() {
    IamIdentity allowed = role(List.of(ALLOWS), List.of());
    IamIdentity nobody = role(List.of(), List.of());

    assertThat(may(allowed, ofResource("Allow", ROLE), OTHER)).isTrue();
    assertThat(may(allowed, ofResource("Allow", ACCOUNT), OTHER)).isTrue();
    assertThat(may(allowed, Policy.NONE, OTHER)).isFalse();
    assertThat(may(nobody, ofResource("Allow", ROLE), OTHER)).isFalse();
    assertThat(may(IamIdentity.root(ACCOUNT), Policy.NONE, OTHER)).isFalse();
  }

  @Test
  void whatIsDeniedNobodyAllows() {
    assertThat(may(role(List.of(ALLOWS, DENIES), List.of()), Policy.NONE, ACCOUNT)).isFalse();
    assertThat(may(role(List.of(ALLOWS), List.of()), ofResource("Deny", ACCOUNT), ACCOUNT))
        .isFalse();
    assertThat(may(IamIdentity.root(ACCOUNT), ofResource("Deny", "*"), ACCOUNT)).isFalse();
    assertThat(
            may(
                role(List.of(ALLOWS), List.of(session(ALLOWS, DENIES))),
                ofResource("Allow", ROLE),
                ACCOUNT))
        .isFalse();
  }

  @Test
  void aLimitHasToAllowAsWell() {
    assertThat(may(role(List.of(ALLOWS), List.of(boundary(ALLOWS))), Policy.NONE, ACCOUNT))
        .isTrue();
    assertThat(may(role(List.of(), List.of(boundary(ALLOWS))), Policy.NONE, ACCOUNT)).isFalse();
    assertThat(
            may(role(List.of(ALLOWS), List.of(boundary(ALLOWS), session())), Policy.NONE, ACCOUNT))
        .isFalse();
  }

  @Test
  void whoDoesNotAllowItIsKnown() {
    IamIdentity allowed = role(List.of(ALLOWS), List.of());
    IamIdentity nobody = role(List.of(), List.of());
    IamIdentity bounded = role(List.of(ALLOWS), List.of(session(), boundary(DENIES)));

    assertThat(decision(allowed, Policy.NONE, ACCOUNT)).isEqualTo(Decision.ALLOWED);
    assertThat(decision(nobody, Policy.NONE, ACCOUNT)).isEqualTo(Decision.NOT_ALLOWED_BY_IDENTITY);
    assertThat(decision(nobody, ofResource("Allow", ROLE), OTHER))
        .isEqualTo(Decision.NOT_ALLOWED_BY_IDENTITY);
    assertThat(decision(allowed, Policy.NONE, OTHER)).isEqualTo(Decision.NOT_ALLOWED_BY_RESOURCE);
    assertThat(decision(role(List.of(DENIES), List.of()), Policy.NONE, ACCOUNT))
        .isEqualTo(Decision.DENIED_BY_IDENTITY);
    assertThat(decision(allowed, ofResource("Deny", ROLE), ACCOUNT))
        .isEqualTo(Decision.DENIED_BY_RESOURCE);
    assertThat(decision(bounded, Policy.NONE, ACCOUNT)).isEqualTo(Decision.DENIED_BY_BOUNDARY);
    assertThat(decision(role(List.of(ALLOWS), List.of(session())), Policy.NONE, ACCOUNT))
        .isEqualTo(Decision.NOT_ALLOWED_BY_SESSION);
  }

  /** As IAM's guide has them, in "Troubleshoot access denied error messages". */
  @Test
  void everyDecisionHasAwsWords() {
    assertThat(Decision.NOT_ALLOWED_BY_IDENTITY.because("execute-api:Invoke"))
        .isEqualTo(" because no identity-based policy allows the execute-api:Invoke action");
    assertThat(Decision.NOT_ALLOWED_BY_SESSION.because("execute-api:Invoke"))
        .isEqualTo(" because no session policy allows the execute-api:Invoke action");
    assertThat(Decision.DENIED_BY_IDENTITY.because("execute-api:Invoke"))
        .isEqualTo(" with an explicit deny in an identity-based policy");
    assertThat(Decision.DENIED_BY_BOUNDARY.because("execute-api:Invoke"))
        .isEqualTo(" with an explicit deny in a permissions boundary");
  }

  @Test
  void anAccountMayEverythingOfItsOwn() {
    assertThat(may(IamIdentity.root(ACCOUNT), Policy.NONE, ACCOUNT)).isTrue();
  }
}
