package io.portico.conformance.services;

import static io.portico.conformance.services.Documents.LOGGING;
import static io.portico.conformance.services.Documents.OF_AWS;
import static io.portico.conformance.services.Documents.each;
import static io.portico.conformance.services.Documents.json;
import static io.portico.conformance.services.Documents.read;
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

/** IAM's users and what belongs to them. */
@Portico
final class UserFamilyTest {

  @EveryClient
  void aUserIsReadListedRenamedAndDeleted(AwsClient client) {
    ServiceClient iam = client.of(AwsService.IAM);
    String name = unique("ann");
    String later = unique("anne");

    JsonNode made =
        iam.call("CreateUser", Map.of("UserName", name, "Path", "/families/")).get("User");
    iam.call("UpdateUser", Map.of("UserName", name, "NewUserName", later));
    JsonNode renamed = iam.call("GetUser", Map.of("UserName", later)).get("User");
    JsonNode listed = iam.call("ListUsers", Map.of("PathPrefix", "/families/")).get("Users");
    AwsFailure before = iam.refused("GetUser", Map.of("UserName", name));
    iam.call("DeleteUser", Map.of("UserName", later));
    AwsFailure gone = iam.refused("GetUser", Map.of("UserName", later));

    assertThat(made.path("Arn").asString())
        .isEqualTo("arn:aws:iam::%s:user/families/%s".formatted(Endpoint.ACCOUNT, name));
    assertThat(made.path("UserId").asString()).matches("AIDA[A-Z0-9]{17}");
    assertThat(renamed.path("UserId")).isEqualTo(made.path("UserId"));
    assertThat(renamed.path("Arn").asString()).endsWith(":user/families/" + later);
    assertThat(each(listed, "UserName")).contains(later).doesNotContain(name);
    assertThat(before.text()).isEqualTo("The user with name " + name + " cannot be found.");
    assertThat(gone.type()).startsWith("NoSuchEntity");
  }

  @EveryClient
  void whoCallsWithoutAUserIsTheAccountItself(AwsClient client) {
    JsonNode user = client.of(AwsService.IAM).call("GetUser", Map.of()).get("User");

    assertThat(user.path("Arn").asString()).isEqualTo("arn:aws:iam::" + Endpoint.ACCOUNT + ":root");
    assertThat(user.path("UserId").asString()).isEqualTo(Endpoint.ACCOUNT);
  }

  @EveryClient
  void aUserHasTags(AwsClient client) {
    ServiceClient iam = client.of(AwsService.IAM);
    String name = made(iam, "tagged");

    iam.call(
        "TagUser",
        Map.of(
            "UserName",
            name,
            "Tags",
            List.of(
                Map.of("Key", "team", "Value", "blue"), Map.of("Key", "cost", "Value", "low"))));
    iam.call("UntagUser", Map.of("UserName", name, "TagKeys", List.of("cost")));
    JsonNode tags = iam.call("ListUserTags", Map.of("UserName", name)).get("Tags");

    assertThat(tags).isEqualTo(json("[{\"Key\": \"team\", \"Value\": \"blue\"}]"));
  }

  @EveryClient
  void aUserHasPoliciesAndABoundary(AwsClient client) {
    ServiceClient iam = client.of(AwsService.IAM);
    String name = made(iam, "allowed");
    Map<String, String> named = Map.of("UserName", name);
    Map<String, String> inline = Map.of("UserName", name, "PolicyName", "log");
    Map<String, String> attached = Map.of("UserName", name, "PolicyArn", OF_AWS);

    iam.call(
        "PutUserPolicy", Map.of("UserName", name, "PolicyName", "log", "PolicyDocument", LOGGING));
    iam.call("AttachUserPolicy", attached);
    iam.call("PutUserPermissionsBoundary", Map.of("UserName", name, "PermissionsBoundary", OF_AWS));
    JsonNode document = iam.call("GetUserPolicy", inline).get("PolicyDocument");
    JsonNode inlines = iam.call("ListUserPolicies", named).get("PolicyNames");
    JsonNode attachments = iam.call("ListAttachedUserPolicies", named).get("AttachedPolicies");
    JsonNode bounded = iam.call("GetUser", named).get("User");
    AwsFailure inUse = iam.refused("DeleteUser", named);
    iam.call("DeleteUserPermissionsBoundary", named);
    iam.call("DetachUserPolicy", attached);
    iam.call("DeleteUserPolicy", inline);
    iam.call("DeleteUser", named);

    assertThat(read(document)).isEqualTo(json(LOGGING));
    assertThat(inlines).isEqualTo(json("[\"log\"]"));
    assertThat(each(attachments, "PolicyArn")).containsExactly(OF_AWS);
    assertThat(bounded.at("/PermissionsBoundary/PermissionsBoundaryArn").asString())
        .isEqualTo(OF_AWS);
    assertThat(inUse.type()).startsWith("DeleteConflict");
  }

  @EveryClient
  void aUserHasAccessKeys(AwsClient client) {
    ServiceClient iam = client.of(AwsService.IAM);
    String name = made(iam, "signer");
    Map<String, String> named = Map.of("UserName", name);
    JsonNode made = iam.call("CreateAccessKey", named).get("AccessKey");
    String id = made.get("AccessKeyId").asString();

    iam.call("UpdateAccessKey", Map.of("UserName", name, "AccessKeyId", id, "Status", "Inactive"));
    JsonNode keys = iam.call("ListAccessKeys", named).get("AccessKeyMetadata");
    JsonNode used = iam.call("GetAccessKeyLastUsed", Map.of("AccessKeyId", id));
    String account =
        client
            .of(AwsService.STS)
            .call("GetAccessKeyInfo", Map.of("AccessKeyId", id))
            .get("Account")
            .asString();
    AwsFailure inUse = iam.refused("DeleteUser", named);
    iam.call("DeleteAccessKey", Map.of("UserName", name, "AccessKeyId", id));
    JsonNode none = iam.call("ListAccessKeys", named).path("AccessKeyMetadata");

    assertThat(id).matches("AKIA[A-Z0-9]{16}");
    assertThat(made.path("SecretAccessKey").asString()).hasSize(40);
    assertThat(made.path("Status").asString()).isEqualTo("Active");
    assertThat(each(keys, "AccessKeyId")).containsExactly(id);
    assertThat(each(keys, "Status")).containsExactly("Inactive");
    assertThat(used.path("UserName").asString()).isEqualTo(name);
    assertThat(used.at("/AccessKeyLastUsed/ServiceName").asString()).isEqualTo("N/A");
    assertThat(account).isEqualTo(Endpoint.ACCOUNT);
    assertThat(inUse.type()).startsWith("DeleteConflict");
    assertThat(none).isEmpty();
  }

  /** Tools ask for these before they delete a user. */
  @EveryClient
  void aUserHasNothingElse(AwsClient client) {
    ServiceClient iam = client.of(AwsService.IAM);
    Map<String, String> named = Map.of("UserName", made(iam, "plain"));

    assertThat(iam.call("ListGroupsForUser", named).path("Groups")).isEmpty();
    assertThat(iam.call("ListMFADevices", named).path("MFADevices")).isEmpty();
    assertThat(iam.call("ListVirtualMFADevices", Map.of()).path("VirtualMFADevices")).isEmpty();
    assertThat(iam.call("ListSSHPublicKeys", named).path("SSHPublicKeys")).isEmpty();
    assertThat(iam.call("ListSigningCertificates", named).path("Certificates")).isEmpty();
    assertThat(iam.call("ListServiceSpecificCredentials", named).path("ServiceSpecificCredentials"))
        .isEmpty();
    assertThat(iam.refused("GetLoginProfile", named).type()).startsWith("NoSuchEntity");
    assertThat(iam.refused("DeleteLoginProfile", named).type()).startsWith("NoSuchEntity");
  }

  private static String made(ServiceClient iam, String name) {
    String unique = unique(name);
    iam.call("CreateUser", Map.of("UserName", unique));
    return unique;
  }
}
