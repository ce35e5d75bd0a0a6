package io.portico.gateway.control.iam;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.control.iam.IamPlane.Reply;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.iam.ManagedPolicyRecord;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** AWS's own managed policies. */
final class AwsPoliciesTest {
  private static final String BASIC =
      "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
  private static final String VPC =
      "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole";

  private final IamPlane plane = new IamPlane();

  private static ObjectNode policy(String arn) {
    return Json.object().put("PolicyArn", arn);
  }

  private Reply attach(String arn) {
    return plane.iam("AttachRolePolicy", policy(arn).put("RoleName", "r"));
  }

  @Test
  void aPolicyIsReadAsTerraformReadsIt() {
    plane.role("r");
    attach(VPC);

    Reply found = plane.iam("GetPolicy", policy(VPC));
    Reply version =
        plane.iam("GetPolicyVersion", policy(VPC).put("VersionId", found.text("DefaultVersionId")));

    assertThat(found.text("Arn")).isEqualTo(VPC);
    assertThat(found.text("Path")).isEqualTo("/service-role/");
    assertThat(found.text("DefaultVersionId")).isEqualTo("v3");
    assertThat(found.text("AttachmentCount")).isEqualTo("1");
    assertThat(found.text("CreateDate")).isEqualTo("2016-02-11T23:15:00Z");
    assertThat(found.text("Description")).startsWith("Provides minimum permissions");
    assertThat(found.has("PolicyId")).isFalse();
    assertThat(version.text("IsDefaultVersion")).isEqualTo("true");
    assertThat(
            Json.parse(URLDecoder.decode(version.text("Document"), StandardCharsets.UTF_8))
                .at("/Statement/0/Action/3")
                .asString())
        .isEqualTo("ec2:CreateNetworkInterface");
    assertThat(plane.iam("ListPolicyVersions", policy(VPC)).all("VersionId")).containsExactly("v3");
  }

  @Test
  void anOlderVersionIsNotKnown() {
    assertThat(plane.iam("GetPolicyVersion", policy(VPC).put("VersionId", "v1")).status())
        .isEqualTo(501);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:iam::aws:policy/AWSLambdaBasicExecutionRole",
        "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionrole",
        "arn:aws:iam::aws:policy/service-role/ReadOnlyAccess"
      })
  void aKnownNameElsewhereIsNoPolicy(String arn) {
    plane.role("r");

    assertThat(attach(arn).outcome())
        .isEqualTo("404 NoSuchEntity: Policy " + arn + " does not exist or is not attachable.");
    for (String operation : new String[] {"GetPolicy", "ListEntitiesForPolicy"}) {
      assertThat(plane.iam(operation, policy(arn)).outcome())
          .isEqualTo("404 NoSuchEntity: Policy " + arn + " was not found.");
    }
    assertThat(plane.iam("GetPolicyVersion", policy(arn).put("VersionId", "v1")).status())
        .isEqualTo(404);
  }

  @Test
  void aPolicyThatIsNotKnownIsTakenByItsName() {
    plane.role("r");

    assertThat(attach("arn:aws:iam::aws:policy/AmazonTextractFullAccess").outcome())
        .isEqualTo("200");
  }

  @Test
  void noOneChangesThem() {
    assertThat(
            plane
                .iam(
                    "CreatePolicyVersion",
                    policy(BASIC).put("PolicyDocument", IamPlane.PERMISSIONS))
                .status())
        .isEqualTo(403);
    assertThat(plane.iam("DeletePolicy", policy(BASIC)).status()).isEqualTo(403);
  }

  @Test
  void theyAreFoundInTheListByTheirPath() {
    assertThat(
            plane
                .iam("ListPolicies", "{'Scope': 'AWS', 'PathPrefix': '/service-role/'}")
                .all("PolicyName"))
        .contains("AWSLambdaBasicExecutionRole", "AmazonAPIGatewayPushToCloudWatchLogs")
        .doesNotContain("AdministratorAccess");
  }

  @Test
  void theirDocumentsAreOnesThatIamWouldTake() {
    assertThat(AwsPolicies.all()).hasSizeGreaterThan(10);
    for (ManagedPolicyRecord policy : AwsPolicies.all()) {
      PolicyVersions.check(policy.versions().all().getFirst().document());
    }
  }

  @Test
  void rolesThatAPolicyBoundsHaveItToo() {
    plane.role("r");
    plane.role("s");
    attach(BASIC);
    plane.iam(
        "PutRolePermissionsBoundary",
        Json.object().put("RoleName", "s").put("PermissionsBoundary", BASIC));

    assertThat(plane.iam("ListEntitiesForPolicy", policy(BASIC)).all("RoleName"))
        .containsExactly("r", "s");
    assertThat(
            plane
                .iam(
                    "ListEntitiesForPolicy",
                    policy(BASIC).put("PolicyUsageFilter", "PermissionsPolicy"))
                .all("RoleName"))
        .containsExactly("r");
    assertThat(
            plane
                .iam(
                    "ListEntitiesForPolicy",
                    policy(BASIC).put("PolicyUsageFilter", "PermissionsBoundary"))
                .all("RoleName"))
        .containsExactly("s");
  }
}
