package io.portico.gateway.control.iam;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.control.iam.IamPlane.Reply;
import io.portico.gateway.json.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

final class ServiceLinkedRolesTest {
  private static final String GATEWAY = "AWSServiceRoleForAPIGateway";

  private final IamPlane plane = new IamPlane();

  private Reply create(String service) {
    return plane.iam("CreateServiceLinkedRole", Json.object().put("AWSServiceName", service));
  }

  private static ObjectNode gateway() {
    return Json.object().put("RoleName", GATEWAY);
  }

  @Test
  void aServicesRoleIsARole() {
    Reply made = create("ops.apigateway.amazonaws.com");
    Reply found = plane.iam("GetRole", gateway());

    assertThat(made.text("RoleName")).isEqualTo(GATEWAY);
    assertThat(found.text("Arn"))
        .isEqualTo(
            "arn:aws:iam::111122223333:role/aws-service-role/ops.apigateway.amazonaws.com/"
                + GATEWAY);
    assertThat(URLDecoder.decode(found.text("AssumeRolePolicyDocument"), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
                + "{\"Service\":\"ops.apigateway.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}");
    assertThat(plane.iam("ListAttachedRolePolicies", gateway()).text("PolicyArn"))
        .isEqualTo("arn:aws:iam::aws:policy/aws-service-role/APIGatewayServiceRolePolicy");
    assertThat(create("ops.apigateway.amazonaws.com").outcome())
        .isEqualTo(
            "400 InvalidInput: Service role name AWSServiceRoleForAPIGateway has been taken in this"
                + " account, please try a different suffix.");
  }

  @Test
  void aSuffixMakesAnotherOne() {
    create("autoscaling.amazonaws.com");
    Reply other =
        plane.iam(
            "CreateServiceLinkedRole",
            "{'AWSServiceName': 'autoscaling.amazonaws.com', 'CustomSuffix': 'x'}");

    assertThat(other.text("RoleName")).isEqualTo("AWSServiceRoleForAutoScaling_x");
    assertThat(
            plane
                .iam(
                    "CreateServiceLinkedRole",
                    "{'AWSServiceName': 'ecs.amazonaws.com', 'CustomSuffix': 'x'}")
                .status())
        .isEqualTo(400);
    assertThat(create("nobody").outcome()).startsWith("400 InvalidInput");
  }

  @Test
  void itsNameIsARoles() {
    String name = "a".repeat(64 - "AWSServiceRoleFor".length());

    assertThat(create("a" + name + ".amazonaws.com").outcome())
        .isEqualTo(
            "400 InvalidInput: Service role name AWSServiceRoleForA" + name + " is too long.");
    assertThat(plane.size()).isZero();
    String longest = create(name + ".amazonaws.com").text("RoleName");
    assertThat(plane.iam("GetRole", Json.object().put("RoleName", longest)).status())
        .isEqualTo(200);
  }

  @Test
  void onlyItsServiceChangesIt() {
    create("ops.apigateway.amazonaws.com");
    String refused =
        "400 UnmodifiableEntity: Cannot perform the operation on the protected role '"
            + GATEWAY
            + "' - this role is only modifiable by AWS";

    assertThat(plane.iam("DeleteRole", gateway()).outcome()).isEqualTo(refused);
    assertThat(
            plane
                .iam(
                    "AttachRolePolicy",
                    gateway().put("PolicyArn", "arn:aws:iam::aws:policy/ReadOnlyAccess"))
                .outcome())
        .isEqualTo(refused);
    assertThat(
            plane
                .iam(
                    "PutRolePolicy",
                    gateway().put("PolicyName", "p").put("PolicyDocument", IamPlane.PERMISSIONS))
                .outcome())
        .isEqualTo(refused);
    assertThat(
            plane
                .iam("UpdateAssumeRolePolicy", gateway().put("PolicyDocument", IamPlane.TRUST))
                .outcome())
        .isEqualTo(refused);
    plane.iam("CreateInstanceProfile", "{'InstanceProfileName': 'host'}");
    assertThat(
            plane
                .iam("AddRoleToInstanceProfile", gateway().put("InstanceProfileName", "host"))
                .outcome())
        .isEqualTo(refused);
    assertThat(plane.iam("UpdateRole", gateway().put("MaxSessionDuration", 7200)).outcome())
        .isEqualTo(refused);
    assertThat(plane.iam("UpdateRole", gateway().put("Description", "d")).outcome())
        .isEqualTo("200");
    assertThat(
            plane
                .iam(
                    "CreateRole",
                    "{'RoleName': 'r', 'Path': '/aws-service-role/x/', 'AssumeRolePolicyDocument': '"
                        + IamPlane.TRUST.replace("\"", "\\u0022")
                        + "'}")
                .status())
        .isEqualTo(400);
  }

  @Test
  void itsPolicyIsNobodyElses() {
    plane.role("worker");
    plane.iam("CreateUser", "{'UserName': 'ann'}");
    ObjectNode policy =
        Json.object()
            .put(
                "PolicyArn", "arn:aws:iam::aws:policy/aws-service-role/AmazonECSServiceRolePolicy");
    String refused =
        "400 PolicyNotAttachable: Cannot attach a Service Role Policy to a Customer Role.";

    assertThat(plane.iam("AttachRolePolicy", policy.deepCopy().put("RoleName", "worker")).outcome())
        .isEqualTo(refused);
    assertThat(plane.iam("AttachUserPolicy", policy.deepCopy().put("UserName", "ann")).outcome())
        .isEqualTo(refused);
  }

  @Test
  void itsDeletionCanBeAskedAbout() {
    create("ops.apigateway.amazonaws.com");

    String task = plane.iam("DeleteServiceLinkedRole", gateway()).text("DeletionTaskId");

    assertThat(task)
        .startsWith("task/aws-service-role/ops.apigateway.amazonaws.com/" + GATEWAY + "/");
    ObjectNode asked = Json.object().put("DeletionTaskId", task);
    assertThat(plane.iam("GetServiceLinkedRoleDeletionStatus", asked).text("Status"))
        .isEqualTo("SUCCEEDED");
    assertThat(plane.iam("GetRole", gateway()).status()).isEqualTo(404);
    assertThat(
            plane
                .iam("GetServiceLinkedRoleDeletionStatus", "{'DeletionTaskId': 'task/x'}")
                .status())
        .isEqualTo(404);
    plane.pass(Duration.ofDays(2));
    create("ops.apigateway.amazonaws.com");
    plane.iam("DeleteServiceLinkedRole", gateway());
    assertThat(plane.iam("GetServiceLinkedRoleDeletionStatus", asked).status()).isEqualTo(404);
  }

  @Test
  void rolesOfOthersAreNotDeletedSo() {
    plane.role("worker");

    assertThat(plane.iam("DeleteServiceLinkedRole", "{'RoleName': 'worker'}").status())
        .isEqualTo(404);
  }
}
