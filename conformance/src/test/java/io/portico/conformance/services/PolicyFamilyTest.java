package io.portico.conformance.services;

import static io.portico.conformance.services.Documents.LOGGING;
import static io.portico.conformance.services.Documents.READING;
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

/** IAM's managed policies and their versions. */
@Portico
final class PolicyFamilyTest {

  @EveryClient
  void aPolicyHasVersions(AwsClient client) {
    ServiceClient iam = client.of(AwsService.IAM);
    String name = unique("shared");
    JsonNode made =
        iam.call("CreatePolicy", Map.of("PolicyName", name, "PolicyDocument", LOGGING))
            .get("Policy");
    String arn = made.get("Arn").asString();
    Map<String, String> named = Map.of("PolicyArn", arn);
    Map<String, String> first = Map.of("PolicyArn", arn, "VersionId", "v1");
    Map<String, String> second = Map.of("PolicyArn", arn, "VersionId", "v2");

    JsonNode added =
        iam.call("CreatePolicyVersion", Map.of("PolicyArn", arn, "PolicyDocument", READING))
            .get("PolicyVersion");
    String before = defaultVersion(iam, arn);
    iam.call("SetDefaultPolicyVersion", second);
    String after = defaultVersion(iam, arn);
    JsonNode read = iam.call("GetPolicyVersion", second).get("PolicyVersion");
    AwsFailure inUse = iam.refused("DeletePolicyVersion", second);
    iam.call("DeletePolicyVersion", first);
    JsonNode versions = iam.call("ListPolicyVersions", named).get("Versions");
    iam.call("DeletePolicy", named);
    AwsFailure gone = iam.refused("GetPolicy", named);

    assertThat(arn).isEqualTo("arn:aws:iam::%s:policy/%s".formatted(Endpoint.ACCOUNT, name));
    assertThat(made.path("DefaultVersionId").asString()).isEqualTo("v1");
    assertThat(added.path("VersionId").asString()).isEqualTo("v2");
    assertThat(added.path("IsDefaultVersion").asBoolean()).isFalse();
    assertThat(List.of(before, after)).containsExactly("v1", "v2");
    assertThat(read(read.path("Document"))).isEqualTo(json(READING));
    assertThat(read.path("IsDefaultVersion").asBoolean()).isTrue();
    assertThat(inUse.type()).startsWith("DeleteConflict");
    assertThat(each(versions, "VersionId")).containsExactly("v2");
    assertThat(gone.type()).startsWith("NoSuchEntity");
  }

  @EveryClient
  void aPolicyIsListedWithWhoHasIt(AwsClient client) {
    ServiceClient iam = client.of(AwsService.IAM);
    String name = unique("attached");
    String role = unique("holder");
    String arn =
        iam.call(
                "CreatePolicy",
                Map.of("PolicyName", name, "PolicyDocument", LOGGING, "Path", "/listed/"))
            .at("/Policy/Arn")
            .asString();
    Map<String, String> attachment = Map.of("RoleName", role, "PolicyArn", arn);
    iam.call(
        "CreateRole",
        Map.of("RoleName", role, "AssumeRolePolicyDocument", trust("lambda.amazonaws.com")));
    iam.call("AttachRolePolicy", attachment);

    JsonNode listed =
        iam.call("ListPolicies", Map.of("Scope", "Local", "PathPrefix", "/listed/"))
            .get("Policies");
    JsonNode ofAws =
        iam.call("ListPolicies", Map.of("Scope", "AWS", "MaxItems", 5)).get("Policies");
    JsonNode holders = iam.call("ListEntitiesForPolicy", Map.of("PolicyArn", arn));
    int count =
        iam.call("GetPolicy", Map.of("PolicyArn", arn)).at("/Policy/AttachmentCount").asInt();
    AwsFailure inUse = iam.refused("DeletePolicy", Map.of("PolicyArn", arn));
    iam.call("DetachRolePolicy", attachment);
    iam.call("DeletePolicy", Map.of("PolicyArn", arn));

    assertThat(each(listed, "Arn")).contains(arn);
    assertThat(each(ofAws, "Arn"))
        .hasSize(5)
        .allMatch(each -> each.startsWith("arn:aws:iam::aws:"));
    assertThat(each(holders.path("PolicyRoles"), "RoleName")).containsExactly(role);
    assertThat(count).isEqualTo(1);
    assertThat(inUse.type()).startsWith("DeleteConflict");
  }

  @EveryClient
  void aPolicyHasTags(AwsClient client) {
    ServiceClient iam = client.of(AwsService.IAM);
    String arn =
        iam.call(
                "CreatePolicy",
                Map.of(
                    "PolicyName",
                    unique("tagged"),
                    "PolicyDocument",
                    LOGGING,
                    "Tags",
                    List.of(Map.of("Key", "team", "Value", "blue"))))
            .at("/Policy/Arn")
            .asString();

    iam.call(
        "TagPolicy",
        Map.of("PolicyArn", arn, "Tags", List.of(Map.of("Key", "cost", "Value", "low"))));
    iam.call("UntagPolicy", Map.of("PolicyArn", arn, "TagKeys", List.of("team")));
    JsonNode tags = iam.call("ListPolicyTags", Map.of("PolicyArn", arn)).get("Tags");
    JsonNode shown = iam.call("GetPolicy", Map.of("PolicyArn", arn)).at("/Policy/Tags");

    assertThat(tags).isEqualTo(json("[{\"Key\": \"cost\", \"Value\": \"low\"}]"));
    assertThat(shown).isEqualTo(tags);
  }

  private static String defaultVersion(ServiceClient iam, String arn) {
    return iam.call("GetPolicy", Map.of("PolicyArn", arn))
        .at("/Policy/DefaultVersionId")
        .asString();
  }
}
