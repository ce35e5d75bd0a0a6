package io.portico.gateway.control.iam;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.control.iam.IamPlane.Reply;
import io.portico.gateway.json.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

final class InstanceProfilesTest {
  private final IamPlane plane = new IamPlane();

  private static ObjectNode profile() {
    return Json.object().put("InstanceProfileName", "host");
  }

  @BeforeEach
  void make() {
    plane.role("worker");
    plane.iam(
        "CreateInstanceProfile",
        "{'InstanceProfileName': 'host', 'Path': '/team/', 'Tags': [{'Key': 'a', 'Value': '1'}]}");
  }

  private Reply add() {
    return plane.iam("AddRoleToInstanceProfile", profile().put("RoleName", "worker"));
  }

  @Test
  void aProfileIsWhatWasMade() {
    Reply found = plane.iam("GetInstanceProfile", profile());

    assertThat(found.text("InstanceProfileName")).isEqualTo("host");
    assertThat(found.text("InstanceProfileId")).matches("AIPA[A-Z2-7]{17}");
    assertThat(found.text("Arn")).isEqualTo("arn:aws:iam::111122223333:instance-profile/team/host");
    assertThat(found.text("Path")).isEqualTo("/team/");
    assertThat(found.text("Key")).isEqualTo("a");
    assertThat(found.has("Roles")).isTrue();
    assertThat(found.has("RoleName")).isFalse();
    assertThat(plane.iam("CreateInstanceProfile", "{'InstanceProfileName': 'Host'}").outcome())
        .isEqualTo("409 EntityAlreadyExists: Instance Profile Host already exists.");
    assertThat(plane.iam("GetInstanceProfile", "{'InstanceProfileName': 'Host'}").outcome())
        .isEqualTo("404 NoSuchEntity: Instance Profile Host cannot be found.");
  }

  @Test
  void itHoldsOneRole() {
    assertThat(add().outcome()).isEqualTo("200");
    assertThat(add().outcome())
        .isEqualTo(
            "409 LimitExceeded: Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1");
    assertThat(plane.iam("GetInstanceProfile", profile()).text("RoleName")).isEqualTo("worker");
    Reply ofRole = plane.iam("ListInstanceProfilesForRole", "{'RoleName': 'worker'}");
    assertThat(ofRole.text("InstanceProfileName")).isEqualTo("host");
    assertThat(ofRole.has("Tags")).isFalse();
    assertThat(plane.iam("ListInstanceProfiles", "{'PathPrefix': '/team/'}").text("RoleName"))
        .isEqualTo("worker");
    assertThat(
            plane
                .iam("ListInstanceProfiles", "{'PathPrefix': '/other/'}")
                .has("InstanceProfileName"))
        .isFalse();
  }

  @Test
  void neitherGoesBeforeTheOtherIsRemoved() {
    add();

    String conflict =
        "409 DeleteConflict: Cannot delete entity, must remove roles from instance profile first.";
    assertThat(plane.iam("DeleteInstanceProfile", profile()).outcome()).isEqualTo(conflict);
    assertThat(plane.iam("DeleteRole", "{'RoleName': 'worker'}").outcome()).isEqualTo(conflict);
    ObjectNode remove = profile().put("RoleName", "worker");
    assertThat(plane.iam("RemoveRoleFromInstanceProfile", remove).outcome()).isEqualTo("200");
    assertThat(plane.iam("RemoveRoleFromInstanceProfile", remove).status()).isEqualTo(404);
    assertThat(plane.iam("DeleteRole", "{'RoleName': 'worker'}").outcome()).isEqualTo("200");
    assertThat(plane.iam("DeleteInstanceProfile", profile()).outcome()).isEqualTo("200");
    assertThat(plane.size()).isZero();
  }

  @Test
  void tagsAreAddedAndRemoved() {
    plane.iam(
        "TagInstanceProfile",
        "{'InstanceProfileName': 'host', 'Tags': [{'Key': 'b', 'Value': '2'}]}");
    plane.iam("UntagInstanceProfile", "{'InstanceProfileName': 'host', 'TagKeys': ['a']}");

    assertThat(plane.iam("ListInstanceProfileTags", profile()).text("Key")).isEqualTo("b");
  }

  @Test
  void aRoleWithoutAProfileHasNone() {
    Reply reply = plane.iam("ListInstanceProfilesForRole", "{'RoleName': 'worker'}");

    assertThat(reply.has("InstanceProfiles")).isTrue();
    assertThat(reply.has("InstanceProfileName")).isFalse();
    assertThat(reply.text("IsTruncated")).isEqualTo("false");
    assertThat(plane.iam("AddRoleToInstanceProfile", profile().put("RoleName", "nobody")).outcome())
        .isEqualTo("404 NoSuchEntity: The role with name nobody cannot be found.");
  }
}
