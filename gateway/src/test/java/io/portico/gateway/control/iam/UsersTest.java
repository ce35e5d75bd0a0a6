package io.portico.gateway.control.iam;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.control.iam.IamPlane.Reply;
import io.portico.gateway.json.Json;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

final class UsersTest {
  private static final String READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess";

  private final IamPlane plane = new IamPlane();

  private static ObjectNode user(String name) {
    return Json.object().put("UserName", name);
  }

  private Reply create(String name) {
    return plane.iam("CreateUser", user(name));
  }

  @Test
  void aUserIsWhatWasMade() {
    Reply made =
        plane.iam(
            "CreateUser",
            "{'UserName': 'ann', 'Path': '/team/', 'PermissionsBoundary': '"
                + READ_ONLY
                + "', 'Tags': [{'Key': 'a', 'Value': '1'}]}");
    plane.pass(Duration.ofHours(1));
    Reply found = plane.iam("GetUser", user("ann"));
    Reply listed = plane.iam("ListUsers", "{}");

    assertThat(made.text("UserId")).matches("AIDA[A-Z2-7]{17}");
    for (Reply reply : List.of(made, found)) {
      assertThat(reply.text("UserName")).isEqualTo("ann");
      assertThat(reply.text("Path")).isEqualTo("/team/");
      assertThat(reply.text("Arn")).isEqualTo("arn:aws:iam::111122223333:user/team/ann");
      assertThat(reply.text("CreateDate")).isEqualTo("2026-01-02T03:04:05Z");
      assertThat(reply.text("UserId")).isEqualTo(made.text("UserId"));
      assertThat(reply.text("PermissionsBoundaryArn")).isEqualTo(READ_ONLY);
      assertThat(reply.text("Key")).isEqualTo("a");
      assertThat(reply.has("PasswordLastUsed")).isFalse();
    }
    assertThat(listed.text("UserName")).isEqualTo("ann");
    assertThat(listed.has("Tags")).isFalse();
    assertThat(listed.has("PermissionsBoundary")).isFalse();
  }

  @Test
  void namesAreTakenWhateverTheirCasing() {
    create("ann");
    create("bob");

    assertThat(create("Ann").outcome())
        .isEqualTo("409 EntityAlreadyExists: User with name Ann already exists.");
    assertThat(plane.iam("UpdateUser", "{'UserName': 'ann', 'NewUserName': 'BOB'}").outcome())
        .isEqualTo("409 EntityAlreadyExists: User with name BOB already exists.");
    assertThat(plane.iam("GetUser", user("Ann")).outcome())
        .isEqualTo("404 NoSuchEntity: The user with name Ann cannot be found.");
  }

  @Test
  void aRenamedUserIsTheSame() {
    Reply made = create("ann");
    String key = plane.iam("CreateAccessKey", user("ann")).text("AccessKeyId");

    assertThat(
            plane
                .iam("UpdateUser", "{'UserName': 'ann', 'NewUserName': 'Ann', 'NewPath': '/team/'}")
                .outcome())
        .isEqualTo("200");

    assertThat(plane.iam("GetUser", user("Ann")).text("UserId")).isEqualTo(made.text("UserId"));
    assertThat(plane.iam("GetUser", user("ann")).status()).isEqualTo(404);
    assertThat(plane.iam("ListAccessKeys", user("Ann")).text("UserName")).isEqualTo("Ann");
    assertThat(plane.sts(key, "GetCallerIdentity", "{}").text("Arn"))
        .isEqualTo("arn:aws:iam::111122223333:user/team/Ann");
  }

  @Test
  void whatAUserHasGoesFirst() {
    create("ann");
    plane.iam("AttachUserPolicy", user("ann").put("PolicyArn", READ_ONLY));
    plane.iam(
        "PutUserPolicy",
        user("ann").put("PolicyName", "own").put("PolicyDocument", IamPlane.PERMISSIONS));
    String key = plane.iam("CreateAccessKey", user("ann")).text("AccessKeyId");

    assertThat(plane.iam("DeleteUser", user("ann")).outcome())
        .isEqualTo("409 DeleteConflict: Cannot delete entity, must detach all policies first.");
    plane.iam("DetachUserPolicy", user("ann").put("PolicyArn", READ_ONLY));
    assertThat(plane.iam("DeleteUser", user("ann")).outcome())
        .isEqualTo("409 DeleteConflict: Cannot delete entity, must delete policies first.");
    plane.iam("DeleteUserPolicy", user("ann").put("PolicyName", "own"));
    assertThat(plane.iam("DeleteUser", user("ann")).outcome())
        .isEqualTo("409 DeleteConflict: Cannot delete entity, must delete access keys first.");
    plane.iam("DeleteAccessKey", user("ann").put("AccessKeyId", key));
    assertThat(plane.iam("DeleteUser", user("ann")).outcome()).isEqualTo("200");
    assertThat(plane.iam("DeleteUser", user("ann")).status()).isEqualTo(404);
  }

  @Test
  void policiesOfUsersAreThoseOfRolesToo() {
    create("ann");
    plane.role("worker");
    plane.iam("AttachUserPolicy", user("ann").put("PolicyArn", READ_ONLY));
    plane.iam(
        "AttachRolePolicy", Json.object().put("RoleName", "worker").put("PolicyArn", READ_ONLY));
    plane.iam(
        "PutUserPolicy",
        user("ann").put("PolicyName", "own").put("PolicyDocument", IamPlane.PERMISSIONS));

    assertThat(plane.iam("ListUserPolicies", user("ann")).all("member")).containsExactly("own");
    Reply document = plane.iam("GetUserPolicy", user("ann").put("PolicyName", "own"));
    assertThat(document.text("UserName")).isEqualTo("ann");
    assertThat(document.text("PolicyDocument")).startsWith("%7B%22Version%22");
    assertThat(plane.iam("GetUserPolicy", user("ann").put("PolicyName", "no")).outcome())
        .isEqualTo("404 NoSuchEntity: The user policy with name no cannot be found.");
    assertThat(plane.iam("ListAttachedUserPolicies", user("ann")).text("PolicyArn"))
        .isEqualTo(READ_ONLY);
    Reply entities = plane.iam("ListEntitiesForPolicy", "{'PolicyArn': '" + READ_ONLY + "'}");
    assertThat(entities.text("RoleName")).isEqualTo("worker");
    assertThat(entities.text("UserName")).isEqualTo("ann");
    Reply users =
        plane.iam(
            "ListEntitiesForPolicy", "{'PolicyArn': '" + READ_ONLY + "', 'EntityFilter': 'User'}");
    assertThat(users.has("RoleName")).isFalse();
    assertThat(users.text("UserName")).isEqualTo("ann");
  }

  @Test
  void inlinePoliciesOfAUserAreShorterThanARoles() {
    create("ann");
    String longText = IamPlane.PERMISSIONS.replace("s3:*", "s3:" + "a".repeat(2100));

    assertThat(
            plane
                .iam(
                    "PutUserPolicy",
                    user("ann").put("PolicyName", "own").put("PolicyDocument", longText))
                .outcome())
        .isEqualTo("409 LimitExceeded: Maximum policy size of 2048 bytes exceeded for user ann");
  }

  @Test
  void noUserIsInAGroup() {
    create("ann");

    Reply reply = plane.iam("ListGroupsForUser", user("ann"));

    assertThat(reply.has("Groups")).isTrue();
    assertThat(reply.text("IsTruncated")).isEqualTo("false");
    assertThat(plane.iam("ListGroupsForUser", user("bob")).status()).isEqualTo(404);
  }

  @Test
  void noUserHasCredentialsThatCannotBeMade() {
    create("ann");

    for (String operation :
        List.of(
            "ListMFADevices",
            "ListSSHPublicKeys",
            "ListSigningCertificates",
            "ListServiceSpecificCredentials")) {
      assertThat(plane.iam(operation, user("ann")).text("IsTruncated"))
          .as(operation)
          .isEqualTo("false");
      assertThat(plane.iam(operation, user("bob")).status()).as(operation).isEqualTo(404);
    }
    assertThat(plane.iam("ListVirtualMFADevices", "{}").has("VirtualMFADevices")).isTrue();
    for (String operation : List.of("GetLoginProfile", "DeleteLoginProfile")) {
      assertThat(plane.iam(operation, user("ann")).outcome())
          .as(operation)
          .isEqualTo("404 NoSuchEntity: Login Profile for User ann cannot be found.");
    }
  }

  @Test
  void tagsAreAddedAndRemoved() {
    create("ann");
    plane.iam("TagUser", "{'UserName': 'ann', 'Tags': [{'Key': 'a', 'Value': '1'}]}");
    plane.iam("TagUser", "{'UserName': 'ann', 'Tags': [{'Key': 'b', 'Value': '2'}]}");
    plane.iam("UntagUser", "{'UserName': 'ann', 'TagKeys': ['a']}");

    assertThat(plane.iam("ListUserTags", user("ann")).text("Key")).isEqualTo("b");
  }

  @Test
  void aBoundaryIsPutAndDeleted() {
    create("ann");
    ObjectNode bounded = user("ann").put("PermissionsBoundary", READ_ONLY);

    plane.iam("PutUserPermissionsBoundary", bounded);
    assertThat(plane.iam("GetUser", user("ann")).text("PermissionsBoundaryArn"))
        .isEqualTo(READ_ONLY);
    plane.iam("DeleteUserPermissionsBoundary", user("ann"));
    assertThat(plane.iam("GetUser", user("ann")).has("PermissionsBoundary")).isFalse();
    assertThat(
            plane
                .iam(
                    "PutUserPermissionsBoundary",
                    user("ann").put("PermissionsBoundary", "arn:aws:iam::111122223333:policy/no"))
                .status())
        .isEqualTo(404);
  }

  @Test
  void withoutANameTheUserIsWhoeverHasSigned() {
    create("ann");
    String key = plane.iam("CreateAccessKey", user("ann")).text("AccessKeyId");
    String session =
        plane
            .sts(
                "test",
                "AssumeRole",
                "{'RoleArn': 'arn:aws:iam::111122223333:role/r', 'RoleSessionName': 'me'}")
            .text("AccessKeyId");

    assertThat(plane.iam(key, "GetUser", "{}").text("UserName")).isEqualTo("ann");
    Reply root = plane.iam("test", "GetUser", "{}");
    assertThat(root.text("Arn")).isEqualTo("arn:aws:iam::111122223333:root");
    assertThat(root.has("UserName")).isFalse();
    assertThat(plane.iam(session, "GetUser", "{}").outcome())
        .isEqualTo(
            "400 ValidationError: Must specify userName when calling with non-User credentials");
  }
}
