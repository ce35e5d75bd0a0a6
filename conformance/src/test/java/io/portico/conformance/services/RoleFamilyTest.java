package io.portico.conformance.services;

import static io.portico.conformance.services.Documents.LOGGING;
import static io.portico.conformance.services.Documents.OF_AWS;
import static io.portico.conformance.services.Documents.each;
import static io.portico.conformance.services.Documents.json;
import static io.portico.conformance.services.Documents.read;
import static io.portico.conformance.services.Documents.trust;
import static io.portico.conformance.services.Documents.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.AwsClient;
import io.portico.conformance.client.AwsFailure;
import io.portico.conformance.client.AwsService;
import io.portico.conformance.client.EveryClient;
import io.portico.conformance.client.ServiceClient;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** IAM's roles, and the roles of services. */
@Portico
final class RoleFamilyTest {
  private static final String TRUST = trust("lambda.amazonaws.com");

  @EveryClient
  void aRoleIsReadListedChangedAndDeleted(AwsClient client) {
    ServiceClient iam = client.of(AwsService.IAM);
    String name = unique("worker");
    Map<String, String> named = Map.of("RoleName", name);

    JsonNode made =
        iam.call(
                "CreateRole",
                Map.of(
                    "RoleName",
                    name,
                    "Path",
                    "/families/",
                    "AssumeRolePolicyDocument",
                    TRUST,
                    "Description",
                    "a < b & \"c\""))
            .get("Role");
    JsonNode first = iam.call("GetRole", named).get("Role");
    iam.call("UpdateRole", Map.of("RoleName", name, "MaxSessionDuration", 7200));
    iam.call("UpdateRoleDescription", Map.of("RoleName", name, "Description", "changed"));
    String edge = trust("edgelambda.amazonaws.com");
    iam.call("UpdateAssumeRolePolicy", Map.of("RoleName", name, "PolicyDocument", edge));
    JsonNode changed = iam.call("GetRole", named).get("Role");
    JsonNode listed = iam.call("ListRoles", Map.of("PathPrefix", "/families/")).get("Roles");
    iam.call("DeleteRole", named);
    AwsFailure gone = iam.refused("GetRole", named);

    assertThat(made.path("Arn").asString())
        .isEqualTo("arn:aws:iam::%s:role/families/%s".formatted(Endpoint.ACCOUNT, name));
    assertThat(made.path("RoleId").asString()).matches("AROA[A-Z0-9]{17}");
    assertThat(first.path("RoleId")).isEqualTo(made.path("RoleId"));
    assertThat(first.path("Description").asString()).isEqualTo("a < b & \"c\"");
    assertThat(first.path("MaxSessionDuration").asInt()).isEqualTo(3600);
    assertThat(read(first.path("AssumeRolePolicyDocument"))).isEqualTo(json(TRUST));
    assertThat(changed.path("Description").asString()).isEqualTo("changed");
    assertThat(changed.path("MaxSessionDuration").asInt()).isEqualTo(7200);
    assertThat(read(changed.path("AssumeRolePolicyDocument"))).isEqualTo(json(edge));
    assertThat(each(listed, "RoleName")).contains(name);
    assertThat(gone.type()).startsWith("NoSuchEntity");
    assertThat(gone.text()).isEqualTo("The role with name " + name + " cannot be found.");
  }

  @EveryClient
  void aRoleHasTags(AwsClient client) {
    ServiceClient iam = client.of(AwsService.IAM);
    String name = made(iam, "tagged");

    iam.call(
        "TagRole",
        Map.of(
            "RoleName",
            name,
            "Tags",
            List.of(
                Map.of("Key", "team", "Value", "blue"), Map.of("Key", "cost", "Value", "low"))));
    iam.call("UntagRole", Map.of("RoleName", name, "TagKeys", List.of("cost")));
    JsonNode tags = iam.call("ListRoleTags", Map.of("RoleName", name)).get("Tags");
    JsonNode shown = iam.call("GetRole", Map.of("RoleName", name)).at("/Role/Tags");

    assertThat(tags).isEqualTo(json("[{\"Key\": \"team\", \"Value\": \"blue\"}]"));
    assertThat(shown).isEqualTo(tags);
  }

  @EveryClient
  void aRoleHasPolicies(AwsClient client) {
    ServiceClient iam = client.of(AwsService.IAM);
    String name = made(iam, "allowed");
    Map<String, String> named = Map.of("RoleName", name);
    Map<String, String> inline = Map.of("RoleName", name, "PolicyName", "log");
    Map<String, String> attached = Map.of("RoleName", name, "PolicyArn", OF_AWS);

    iam.call(
        "PutRolePolicy", Map.of("RoleName", name, "PolicyName", "log", "PolicyDocument", LOGGING));
    iam.call("AttachRolePolicy", attached);
    JsonNode document = iam.call("GetRolePolicy", inline).get("PolicyDocument");
    JsonNode inlines = iam.call("ListRolePolicies", named).get("PolicyNames");
    JsonNode attachments = iam.call("ListAttachedRolePolicies", named).get("AttachedPolicies");
    AwsFailure inUse = iam.refused("DeleteRole", named);
    iam.call("DetachRolePolicy", attached);
    iam.call("DeleteRolePolicy", inline);
    AwsFailure none = iam.refused("GetRolePolicy", inline);
    iam.call("DeleteRole", named);

    assertThat(read(document)).isEqualTo(json(LOGGING));
    assertThat(inlines).isEqualTo(json("[\"log\"]"));
    assertThat(each(attachments, "PolicyArn")).containsExactly(OF_AWS);
    assertThat(inUse.type()).startsWith("DeleteConflict");
    assertThat(inUse.text()).isEqualTo("Cannot delete entity, must detach all policies first.");
    assertThat(none.text()).isEqualTo("The role policy with name log cannot be found.");
  }

  @EveryClient
  void aRoleHasABoundary(AwsClient client) {
    ServiceClient iam = client.of(AwsService.IAM);
    String name = made(iam, "bounded");
    Map<String, String> named = Map.of("RoleName", name);

    iam.call("PutRolePermissionsBoundary", Map.of("RoleName", name, "PermissionsBoundary", OF_AWS));
    JsonNode bounded = iam.call("GetRole", named).get("Role");
    iam.call("DeleteRolePermissionsBoundary", named);
    JsonNode free = iam.call("GetRole", named).get("Role");

    assertThat(bounded.at("/PermissionsBoundary/PermissionsBoundaryArn").asString())
        .isEqualTo(OF_AWS);
    assertThat(free.has("PermissionsBoundary")).isFalse();
  }

  @EveryClient
  void aServiceHasItsRole(AwsClient client) {
    ServiceClient iam = client.of(AwsService.IAM);
    String service = "ops.apigateway.amazonaws.com";
    JsonNode made =
        iam.call("CreateServiceLinkedRole", Map.of("AWSServiceName", service)).get("Role");
    Map<String, String> named = Map.of("RoleName", made.get("RoleName").asString());

    JsonNode found = iam.call("GetRole", named).get("Role");
    AwsFailure again = iam.refused("CreateServiceLinkedRole", Map.of("AWSServiceName", service));
    String task = iam.call("DeleteServiceLinkedRole", named).get("DeletionTaskId").asString();
    JsonNode status =
        iam.call("GetServiceLinkedRoleDeletionStatus", Map.of("DeletionTaskId", task));
    AwsFailure gone = iam.refused("GetRole", named);

    assertThat(made.path("RoleName").asString()).isEqualTo("AWSServiceRoleForAPIGateway");
    assertThat(found.path("Path").asString()).isEqualTo("/aws-service-role/" + service + "/");
    assertThat(read(found.path("AssumeRolePolicyDocument")).at("/Statement/0/Principal/Service"))
        .satisfies(principal -> assertThat(principal.toString()).contains(service));
    assertThat(again.type()).startsWith("InvalidInput");
    assertThat(status.path("Status").asString()).isEqualTo("SUCCEEDED");
    assertThat(gone.type()).startsWith("NoSuchEntity");
  }

  @EveryClient
  void anInstanceProfileHoldsARole(AwsClient client) {
    ServiceClient iam = client.of(AwsService.IAM);
    String role = made(iam, "hosted");
    String profile = unique("host");
    Map<String, String> named = Map.of("InstanceProfileName", profile);
    Map<String, String> both = Map.of("InstanceProfileName", profile, "RoleName", role);

    JsonNode made =
        iam.call("CreateInstanceProfile", Map.of("InstanceProfileName", profile, "Path", "/f/"))
            .get("InstanceProfile");
    iam.call("AddRoleToInstanceProfile", both);
    iam.call(
        "TagInstanceProfile",
        Map.of(
            "InstanceProfileName",
            profile,
            "Tags",
            List.of(
                Map.of("Key", "team", "Value", "blue"), Map.of("Key", "cost", "Value", "low"))));
    iam.call(
        "UntagInstanceProfile", Map.of("InstanceProfileName", profile, "TagKeys", List.of("cost")));
    JsonNode read = iam.call("GetInstanceProfile", named).get("InstanceProfile");
    JsonNode tags = iam.call("ListInstanceProfileTags", named).get("Tags");
    JsonNode all =
        iam.call("ListInstanceProfiles", Map.of("PathPrefix", "/f/")).get("InstanceProfiles");
    JsonNode ofRole =
        iam.call("ListInstanceProfilesForRole", Map.of("RoleName", role)).get("InstanceProfiles");
    AwsFailure inUse = iam.refused("DeleteInstanceProfile", named);
    iam.call("RemoveRoleFromInstanceProfile", both);
    iam.call("DeleteInstanceProfile", named);
    AwsFailure gone = iam.refused("GetInstanceProfile", named);

    assertThat(made.path("Arn").asString())
        .isEqualTo("arn:aws:iam::%s:instance-profile/f/%s".formatted(Endpoint.ACCOUNT, profile));
    assertThat(each(read.path("Roles"), "RoleName")).containsExactly(role);
    assertThat(tags).isEqualTo(json("[{\"Key\": \"team\", \"Value\": \"blue\"}]"));
    assertThat(each(all, "InstanceProfileName")).contains(profile);
    assertThat(each(ofRole, "InstanceProfileName")).containsExactly(profile);
    assertThat(inUse.text())
        .isEqualTo("Cannot delete entity, must remove roles from instance profile first.");
    assertThat(gone.type()).startsWith("NoSuchEntity");
  }

  private static String made(ServiceClient iam, String name) {
    String unique = unique(name);
    iam.call("CreateRole", Map.of("RoleName", unique, "AssumeRolePolicyDocument", TRUST));
    return unique;
  }
}
