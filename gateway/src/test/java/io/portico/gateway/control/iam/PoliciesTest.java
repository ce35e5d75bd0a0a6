package io.portico.gateway.control.iam;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.control.iam.IamPlane.Reply;
import io.portico.gateway.json.Json;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Inline and managed policies, and what has them. */
final class PoliciesTest {
  private static final String READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess";
  private static final String BASIC =
      "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
  private static final String OWN = "arn:aws:iam::111122223333:policy/team/own";

  private final IamPlane plane = new IamPlane();

  private Reply createOwn() {
    return plane.iam(
        "CreatePolicy",
        Json.object()
            .put("PolicyName", "own")
            .put("Path", "/team/")
            .put("Description", "d")
            .put("PolicyDocument", IamPlane.PERMISSIONS));
  }

  private static ObjectNode policy(String arn) {
    return Json.object().put("PolicyArn", arn);
  }

  private Reply attach(String role, String arn) {
    return plane.iam("AttachRolePolicy", policy(arn).put("RoleName", role));
  }

  private Reply addVersion(boolean asDefault) {
    return plane.iam(
        "CreatePolicyVersion",
        policy(OWN).put("PolicyDocument", IamPlane.PERMISSIONS).put("SetAsDefault", asDefault));
  }

  @Test
  void anInlinePolicyIsKeptByItsName() {
    plane.role("r");
    ObjectNode input = Json.object().put("RoleName", "r").put("PolicyName", "b");

    plane.iam("PutRolePolicy", input.deepCopy().put("PolicyDocument", IamPlane.PERMISSIONS));
    plane.iam(
        "PutRolePolicy",
        Json.object()
            .put("RoleName", "r")
            .put("PolicyName", "a")
            .put("PolicyDocument", IamPlane.PERMISSIONS));

    assertThat(plane.iam("GetRolePolicy", input).text("PolicyDocument"))
        .isEqualTo(IamReply.encoded(IamPlane.PERMISSIONS))
        .contains("%22s3%3A%2A%22");
    assertThat(plane.iam("ListRolePolicies", "{'RoleName': 'r'}").all("member"))
        .containsExactly("a", "b");
    assertThat(plane.iam("DeleteRolePolicy", input).outcome()).isEqualTo("200");
    for (String operation : List.of("GetRolePolicy", "DeleteRolePolicy")) {
      assertThat(plane.iam(operation, input).outcome())
          .isEqualTo("404 NoSuchEntity: The role policy with name b cannot be found.");
    }
  }

  @Test
  void inlinePoliciesHaveALimitTogether() {
    plane.role("r");
    String half = " ".repeat(6000) + IamPlane.PERMISSIONS.replace("s3:*", "s3:" + "a".repeat(5000));
    ObjectNode input = Json.object().put("RoleName", "r").put("PolicyDocument", half);

    for (String name : List.of("a", "a", "b")) {
      assertThat(plane.iam("PutRolePolicy", input.put("PolicyName", name)).outcome())
          .isEqualTo("200");
    }
    assertThat(plane.iam("PutRolePolicy", input.put("PolicyName", "c")).outcome())
        .isEqualTo("409 LimitExceeded: Maximum policy size of 10240 bytes exceeded for role r");
  }

  @Test
  void aManagedPolicyIsWhatWasMade() {
    Reply made = createOwn();
    Reply found = plane.iam("GetPolicy", policy(OWN));

    assertThat(made.text("PolicyId")).matches("ANPA[A-Z2-7]{17}");
    for (Reply reply : List.of(made, found)) {
      assertThat(reply.text("PolicyId")).isEqualTo(made.text("PolicyId"));
      assertThat(reply.text("Arn")).isEqualTo(OWN);
      assertThat(reply.text("Path")).isEqualTo("/team/");
      assertThat(reply.text("DefaultVersionId")).isEqualTo("v1");
      assertThat(reply.text("AttachmentCount")).isEqualTo("0");
      assertThat(reply.text("IsAttachable")).isEqualTo("true");
      assertThat(reply.text("Description")).isEqualTo("d");
    }
    assertThat(plane.iam("GetPolicyVersion", policy(OWN).put("VersionId", "v1")).text("Document"))
        .isEqualTo(IamReply.encoded(IamPlane.PERMISSIONS));
    assertThat(createOwn().outcome())
        .isEqualTo(
            "409 EntityAlreadyExists: A policy called own already exists. Duplicate names are not"
                + " allowed.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:iam::111122223333:policy/own",
        "arn:aws:iam::111122223333:policy/team/OWN",
        "arn:aws:iam::999999999999:policy/team/own",
        "arn:aws:iam::111122223333:policy/team/other"
      })
  void anArnOfNoPolicyIsNotFound(String arn) {
    createOwn();
    plane.role("r");

    assertThat(plane.iam("GetPolicy", policy(arn)).outcome())
        .isEqualTo("404 NoSuchEntity: Policy " + arn + " was not found.");
    assertThat(attach("r", arn).outcome())
        .isEqualTo("404 NoSuchEntity: Policy " + arn + " does not exist or is not attachable.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"arn:aws:iam::111122223333:role/x", "own-policy-without-an-arn"})
  void whatIsNoArnOfAPolicyIsInvalid(String arn) {
    assertThat(plane.iam("GetPolicy", policy(arn)).outcome())
        .isEqualTo("400 InvalidInput: ARN " + arn + " is not valid.");
  }

  @Test
  void versionsAreNumberedAndFiveAtMost() {
    createOwn();
    plane.pass(Duration.ofMinutes(1));

    Reply second = addVersion(true);
    addVersion(false);
    addVersion(false);
    addVersion(false);

    assertThat(second.text("VersionId")).isEqualTo("v2");
    assertThat(second.text("IsDefaultVersion")).isEqualTo("true");
    assertThat(second.has("Document")).isFalse();
    assertThat(plane.iam("ListPolicyVersions", policy(OWN)).all("VersionId"))
        .containsExactly("v5", "v4", "v3", "v2", "v1");
    assertThat(addVersion(false).outcome())
        .isEqualTo(
            "409 LimitExceeded: A managed policy can have up to 5 versions. Before you create a new"
                + " version, you must delete an existing version.");
    assertThat(plane.iam("GetPolicy", policy(OWN)).text("UpdateDate"))
        .isEqualTo("2026-01-02T03:05:05Z");

    assertThat(plane.iam("DeletePolicyVersion", policy(OWN).put("VersionId", "v2")).outcome())
        .isEqualTo("409 DeleteConflict: Cannot delete the default version of a policy.");
    plane.iam("SetDefaultPolicyVersion", policy(OWN).put("VersionId", "v3"));
    assertThat(plane.iam("DeletePolicyVersion", policy(OWN).put("VersionId", "v2")).outcome())
        .isEqualTo("200");
    assertThat(plane.iam("GetPolicyVersion", policy(OWN).put("VersionId", "v2")).outcome())
        .isEqualTo(
            "404 NoSuchEntity: Policy " + OWN + " version v2 does not exist or is not attachable.");
    assertThat(addVersion(false).text("VersionId")).isEqualTo("v6");
    assertThat(plane.iam("GetPolicy", policy(OWN)).text("DefaultVersionId")).isEqualTo("v3");
  }

  @Test
  void aPolicyThatIsTooLongIsRefused() {
    String document = IamPlane.PERMISSIONS.replace("s3:*", "s3:" + "a".repeat(6144));

    assertThat(
            plane
                .iam(
                    "CreatePolicy",
                    Json.object().put("PolicyName", "p").put("PolicyDocument", document))
                .outcome())
        .isEqualTo("409 LimitExceeded: Cannot exceed quota for PolicySize: 6144");
  }

  @Test
  void aPolicyThatSomethingHasStays() {
    createOwn();
    plane.role("r");
    attach("r", OWN);

    assertThat(plane.iam("DeletePolicy", policy(OWN)).outcome())
        .isEqualTo("409 DeleteConflict: Cannot delete a policy attached to entities.");
    plane.iam("DetachRolePolicy", policy(OWN).put("RoleName", "r"));
    addVersion(false);
    assertThat(plane.iam("DeletePolicy", policy(OWN)).outcome())
        .startsWith("409 DeleteConflict: This policy has more than one version.");
    plane.iam("DeletePolicyVersion", policy(OWN).put("VersionId", "v2"));
    assertThat(plane.iam("DeletePolicy", policy(OWN)).outcome()).isEqualTo("200");
    assertThat(plane.iam("GetPolicy", policy(OWN)).status()).isEqualTo(404);
  }

  @Test
  void attachingTwiceIsOnce() {
    createOwn();
    plane.role("r");
    plane.role("s");
    attach("r", READ_ONLY);
    attach("r", OWN);
    attach("r", OWN);
    attach("s", OWN);

    Reply attached = plane.iam("ListAttachedRolePolicies", "{'RoleName': 'r'}");
    assertThat(attached.all("PolicyArn")).containsExactly(OWN, READ_ONLY);
    assertThat(attached.all("PolicyName")).containsExactly("own", "ReadOnlyAccess");
    assertThat(plane.iam("GetPolicy", policy(OWN)).text("AttachmentCount")).isEqualTo("2");
    assertThat(plane.iam("ListEntitiesForPolicy", policy(OWN)).all("RoleName"))
        .containsExactly("r", "s");
    assertThat(
            plane
                .iam("ListEntitiesForPolicy", policy(OWN).put("EntityFilter", "User"))
                .all("RoleName"))
        .isEmpty();
    assertThat(
            plane
                .iam("ListAttachedRolePolicies", "{'RoleName': 'r', 'PathPrefix': '/team/'}")
                .all("PolicyName"))
        .containsExactly("own");

    plane.iam("DetachRolePolicy", policy(OWN).put("RoleName", "r"));
    assertThat(plane.iam("DetachRolePolicy", policy(OWN).put("RoleName", "r")).outcome())
        .isEqualTo("404 NoSuchEntity: Policy " + OWN + " was not found.");
  }

  @Test
  void ofAwssOwnPoliciesOnlyWhatIsKnownIsSaid() {
    createOwn();
    plane.role("r");
    attach("r", READ_ONLY);

    Reply found = plane.iam("GetPolicy", policy(READ_ONLY));
    assertThat(found.text("PolicyName")).isEqualTo("ReadOnlyAccess");
    assertThat(found.text("AttachmentCount")).isEqualTo("1");
    assertThat(found.has("DefaultVersionId")).isFalse();
    assertThat(plane.iam("GetPolicyVersion", policy(READ_ONLY).put("VersionId", "v1")).outcome())
        .isEqualTo(
            "501 NotImplementedException: Portico does not have this document of AWS's own policies: "
                + READ_ONLY);
    assertThat(plane.iam("DeletePolicy", policy(READ_ONLY)).status()).isEqualTo(403);
    assertThat(plane.iam("ListPolicies", "{'Scope': 'Local'}").all("Arn")).containsExactly(OWN);
    assertThat(plane.iam("ListPolicies", "{'Scope': 'AWS'}").all("Arn"))
        .contains(READ_ONLY, BASIC)
        .doesNotContain(OWN)
        .doesNotHaveDuplicates();
    assertThat(plane.iam("ListPolicies", "{}").all("Arn")).contains(OWN, READ_ONLY, BASIC);
    assertThat(plane.iam("ListPolicies", "{'OnlyAttached': true}").all("Arn"))
        .containsExactly(READ_ONLY);
    assertThat(plane.iam("ListPolicies", "{'PathPrefix': '/team/'}").all("Arn"))
        .containsExactly(OWN);
  }

  @Test
  void aPolicysTagsAreItsOwn() {
    createOwn();

    plane.iam("TagPolicy", "{'PolicyArn': '" + OWN + "', 'Tags': [{'Key': 'a', 'Value': '1'}]}");
    assertThat(plane.iam("ListPolicyTags", policy(OWN)).all("Value")).containsExactly("1");
    assertThat(plane.iam("GetPolicy", policy(OWN)).all("Key")).containsExactly("a");
    plane.iam("UntagPolicy", "{'PolicyArn': '" + OWN + "', 'TagKeys': ['a']}");
    assertThat(plane.iam("ListPolicyTags", policy(OWN)).all("Key")).isEmpty();
  }
}
