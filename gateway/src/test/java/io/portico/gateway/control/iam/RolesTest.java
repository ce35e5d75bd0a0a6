package io.portico.gateway.control.iam;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.control.iam.IamPlane.Reply;
import io.portico.gateway.json.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

final class RolesTest {
  private final IamPlane plane = new IamPlane();

  private static ObjectNode role(String name) {
    return Json.object().put("RoleName", name);
  }

  @Test
  void aRoleIsWhatWasMade() {
    Reply made =
        plane.iam(
            "CreateRole",
            role("worker")
                .put("Path", "/team/")
                .put("Description", "works")
                .put("MaxSessionDuration", 7200)
                .put("AssumeRolePolicyDocument", IamPlane.TRUST));
    plane.pass(Duration.ofHours(1));
    Reply found = plane.iam("GetRole", role("worker"));

    assertThat(made.status()).isEqualTo(200);
    assertThat(made.text("RoleId")).matches("AROA[A-Z2-7]{17}");
    for (Reply reply : List.of(made, found)) {
      assertThat(reply.text("RoleName")).isEqualTo("worker");
      assertThat(reply.text("Path")).isEqualTo("/team/");
      assertThat(reply.text("Arn")).isEqualTo("arn:aws:iam::111122223333:role/team/worker");
      assertThat(reply.text("Description")).isEqualTo("works");
      assertThat(reply.text("MaxSessionDuration")).isEqualTo("7200");
      assertThat(reply.text("CreateDate")).isEqualTo("2026-01-02T03:04:05Z");
      assertThat(reply.text("RoleId")).isEqualTo(made.text("RoleId"));
      assertThat(reply.has("Tags")).isFalse();
    }
    assertThat(found.text("AssumeRolePolicyDocument"))
        .startsWith("%7B%22Version%22%3A%222012-10-17%22%2C")
        .satisfies(
            encoded ->
                assertThat(URLDecoder.decode(encoded, StandardCharsets.UTF_8))
                    .isEqualTo(IamPlane.TRUST));
    assertThat(found.has("RoleLastUsed")).isTrue();
  }

  @Test
  void whatIsNotSaidIsAwssDefault() {
    Reply made = plane.role("worker");

    assertThat(made.text("Path")).isEqualTo("/");
    assertThat(made.text("Arn")).isEqualTo("arn:aws:iam::111122223333:role/worker");
    assertThat(made.text("MaxSessionDuration")).isEqualTo("3600");
    assertThat(made.has("Description")).isFalse();
  }

  @Test
  void aNameIsTakenWhateverItsCasing() {
    plane.role("worker");

    assertThat(plane.role("Worker").outcome())
        .isEqualTo("409 EntityAlreadyExists: Role with name Worker already exists.");
    assertThat(plane.iam("GetRole", role("Worker")).outcome())
        .isEqualTo("404 NoSuchEntity: The role with name Worker cannot be found.");
  }

  @Test
  void aRoleThatIsNotThereIsNotFoundByAnyCall() {
    for (String operation :
        List.of(
            "GetRole",
            "DeleteRole",
            "UpdateRole",
            "ListRoleTags",
            "ListRolePolicies",
            "ListAttachedRolePolicies",
            "ListInstanceProfilesForRole",
            "DeleteRolePermissionsBoundary")) {
      assertThat(plane.iam(operation, role("nobody")).outcome())
          .as(operation)
          .isEqualTo("404 NoSuchEntity: The role with name nobody cannot be found.");
    }
  }

  @Test
  void rolesAreListedPageByPageBelowAPath() {
    for (int i = 0; i < 7; i++) {
      plane.iam(
          "CreateRole",
          role("r" + i)
              .put("Path", i % 2 == 0 ? "/even/" : "/odd/")
              .put("AssumeRolePolicyDocument", IamPlane.TRUST));
    }

    List<String> names = new ArrayList<>();
    ObjectNode input = Json.object().put("PathPrefix", "/even/").put("MaxItems", 3);
    Reply first = plane.iam("ListRoles", input);
    names.addAll(first.all("RoleName"));
    Reply second = plane.iam("ListRoles", input.put("Marker", first.text("Marker")));
    names.addAll(second.all("RoleName"));

    assertThat(first.text("IsTruncated")).isEqualTo("true");
    assertThat(second.text("IsTruncated")).isEqualTo("false");
    assertThat(second.has("Marker")).isFalse();
    assertThat(names).containsExactly("r0", "r2", "r4", "r6");
  }

  @Test
  void aMarkerOfNobodysIsRefused() {
    assertThat(plane.iam("ListRoles", "{'Marker': '#'}").outcome())
        .isEqualTo("400 ValidationError: Invalid Marker.");
  }

  @Test
  void aRoleThatHasPoliciesStays() {
    plane.role("worker");
    plane.iam(
        "AttachRolePolicy",
        "{'RoleName': 'worker', 'PolicyArn': 'arn:aws:iam::aws:policy/ReadOnlyAccess'}");
    plane.iam(
        "PutRolePolicy",
        role("worker").put("PolicyName", "p").put("PolicyDocument", IamPlane.PERMISSIONS));

    assertThat(plane.iam("DeleteRole", role("worker")).outcome())
        .isEqualTo("409 DeleteConflict: Cannot delete entity, must detach all policies first.");
    plane.iam(
        "DetachRolePolicy",
        "{'RoleName': 'worker', 'PolicyArn': 'arn:aws:iam::aws:policy/ReadOnlyAccess'}");
    assertThat(plane.iam("DeleteRole", role("worker")).outcome())
        .isEqualTo("409 DeleteConflict: Cannot delete entity, must delete policies first.");
    plane.iam("DeleteRolePolicy", role("worker").put("PolicyName", "p"));
    assertThat(plane.iam("DeleteRole", role("worker")).outcome()).isEqualTo("200");
    assertThat(plane.size()).isZero();
  }

  @Test
  void anUpdateLeavesWhatItDoesNotName() {
    plane.role("worker");

    plane.iam("UpdateRole", role("worker").put("Description", "first"));
    plane.iam("UpdateRole", role("worker").put("MaxSessionDuration", 43200));
    Reply updated = plane.iam("UpdateRoleDescription", role("worker").put("Description", "second"));
    plane.iam(
        "UpdateAssumeRolePolicy",
        role("worker").put("PolicyDocument", IamPlane.TRUST.replace("lambda", "apigateway")));
    Reply found = plane.iam("GetRole", role("worker"));

    assertThat(updated.text("Description")).isEqualTo("second");
    assertThat(found.text("Description")).isEqualTo("second");
    assertThat(found.text("MaxSessionDuration")).isEqualTo("43200");
    assertThat(found.text("AssumeRolePolicyDocument")).contains("apigateway");
  }

  @Test
  void aBoundaryIsAPolicyThatIsThere() {
    plane.role("worker");
    String own = "arn:aws:iam::111122223333:policy/edge";

    assertThat(
            plane
                .iam("PutRolePermissionsBoundary", role("worker").put("PermissionsBoundary", own))
                .outcome())
        .isEqualTo("404 NoSuchEntity: Scope ARN: " + own + " does not exist or is not attachable.");

    plane.iam(
        "CreatePolicy",
        Json.object().put("PolicyName", "edge").put("PolicyDocument", IamPlane.PERMISSIONS));
    plane.iam("PutRolePermissionsBoundary", role("worker").put("PermissionsBoundary", own));

    assertThat(plane.iam("GetRole", role("worker")).text("PermissionsBoundaryArn")).isEqualTo(own);
    assertThat(plane.iam("GetPolicy", "{'PolicyArn': '" + own + "'}").text("AttachmentCount"))
        .isEqualTo("0");
    assertThat(
            plane
                .iam("GetPolicy", "{'PolicyArn': '" + own + "'}")
                .text("PermissionsBoundaryUsageCount"))
        .isEqualTo("1");
    assertThat(plane.iam("DeletePolicy", "{'PolicyArn': '" + own + "'}").outcome())
        .isEqualTo("409 DeleteConflict: Cannot delete a policy attached to entities.");

    plane.iam("DeleteRolePermissionsBoundary", role("worker"));
    assertThat(plane.iam("GetRole", role("worker")).has("PermissionsBoundary")).isFalse();
  }

  @Test
  void tagsAreToldApartByTheirKeysInAnyCasing() {
    ObjectNode input = role("worker").put("AssumeRolePolicyDocument", IamPlane.TRUST);
    ArrayNode tags = input.putArray("Tags");
    tags.addObject().put("Key", "Team").put("Value", "a");
    tags.addObject().put("Key", "stage").put("Value", "");
    plane.iam("CreateRole", input);
    plane.iam("TagRole", "{'RoleName': 'worker', 'Tags': [{'Key': 'TEAM', 'Value': 'b'}]}");

    assertThat(plane.iam("ListRoleTags", role("worker")).all("Key"))
        .containsExactly("TEAM", "stage");
    assertThat(plane.iam("GetRole", role("worker")).all("Value")).containsExactly("", "b");

    plane.iam("UntagRole", "{'RoleName': 'worker', 'TagKeys': ['Stage', 'none']}");
    assertThat(plane.iam("ListRoleTags", role("worker")).all("Key")).containsExactly("TEAM");

    assertThat(
            plane
                .iam(
                    "TagRole",
                    "{'RoleName': 'worker', 'Tags': [{'Key': 'a', 'Value': '1'},"
                        + " {'Key': 'A', 'Value': '2'}]}")
                .outcome())
        .isEqualTo(
            "400 InvalidInput: Duplicate tag keys found. Please note that Tag keys are case"
                + " insensitive.");
  }

  @Test
  void noMoreThanFiftyTagsAreTaken() {
    plane.role("worker");
    for (int i = 0; i < 50; i++) {
      plane.iam("TagRole", "{'RoleName': 'worker', 'Tags': [{'Key': 'k" + i + "', 'Value': ''}]}");
    }

    assertThat(
            plane
                .iam("TagRole", "{'RoleName': 'worker', 'Tags': [{'Key': 'x', 'Value': ''}]}")
                .outcome())
        .startsWith("409 LimitExceeded");
  }
}
