package io.portico.gateway.aws.policy;

import static org.assertj.core.api.Assertions.assertThat;

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

  private static IamIdentity role(List<Policy> permissions, List<List<Policy>> limits) {
    return new IamIdentity(
        new Requester.Signed(ACCOUNT, false, Set.of(ROLE)), ROLE, permissions, limits);
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
                role(List.of(ALLOWS), List.of(List.of(ALLOWS, DENIES))),
                ofResource("Allow", ROLE),
                ACCOUNT))
        .isFalse();
  }

  @Test
  void aLimitHasToAllowAsWell() {
    assertThat(may(role(List.of(ALLOWS), List.of(List.of(ALLOWS))), Policy.NONE, ACCOUNT)).isTrue();
    assertThat(may(role(List.of(), List.of(List.of(ALLOWS))), Policy.NONE, ACCOUNT)).isFalse();
    assertThat(
            may(role(List.of(ALLOWS), List.of(List.of(ALLOWS), List.of())), Policy.NONE, ACCOUNT))
        .isFalse();
  }

  @Test
  void anAccountMayEverythingOfItsOwn() {
    assertThat(may(IamIdentity.root(ACCOUNT), Policy.NONE, ACCOUNT)).isTrue();
  }
}
