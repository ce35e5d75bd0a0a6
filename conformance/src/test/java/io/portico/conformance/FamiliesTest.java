package io.portico.conformance;

import static io.portico.conformance.SmallApi.replace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.conformance.client.AwsClient;
import io.portico.conformance.client.AwsFailure;
import io.portico.conformance.client.EveryClient;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The families an API is made of, from the first call to the last: what is made is read, listed,
 * changed and deleted. Families of their own (authorizers, models, domain names …) have tests of
 * their own.
 */
@Portico
final class FamiliesTest {

  @EveryClient
  void anApiIsReadListedChangedAndDeleted(AwsClient client, Endpoint endpoint) {
    String api = client.call("CreateRestApi", Map.of("name", "families")).get("id").asString();
    Map<String, Object> named = Map.of("restApiId", api);

    JsonNode changed =
        client.call(
            "UpdateRestApi", with(named, "patchOperations", List.of(replace("/name", "x"))));
    JsonNode listed = client.call("GetRestApis", Map.of("limit", 500));
    client.call("DeleteRestApi", named);
    AwsFailure gone =
        catchThrowableOfType(AwsFailure.class, () -> client.call("GetRestApi", named));

    assertThat(changed.path("name").asString()).isEqualTo("x");
    assertThat(listed.path("items").valueStream().map(each -> each.path("id").asString()))
        .contains(api);
    assertThat(gone.type()).isEqualTo("NotFoundException");
  }

  @EveryClient
  void aResourceMovesAndGoesWithWhatIsBelow(AwsClient client, Endpoint endpoint) {
    SmallApi api = SmallApi.build(client, "127.0.0.1:9");
    String parent = api.resource(api.root(), "owners");
    String child = api.resource(parent, "cats");

    JsonNode renamed =
        api.patch(
            "UpdateResource",
            Map.of("resourceId", parent),
            List.of(replace("/pathPart", "keepers")));
    JsonNode below = api.call("GetResource", Map.of("resourceId", child));
    api.call("DeleteResource", Map.of("resourceId", parent));
    AwsFailure gone =
        catchThrowableOfType(
            AwsFailure.class, () -> api.call("GetResource", Map.of("resourceId", child)));

    assertThat(renamed.path("path").asString()).isEqualTo("/keepers");
    assertThat(below.path("path").asString()).isEqualTo("/keepers/cats");
    assertThat(gone.text()).isEqualTo("Invalid Resource identifier specified");
  }

  @EveryClient
  void aMethodsPartsAreReadChangedAndDeleted(AwsClient client, Endpoint endpoint) {
    SmallApi api = SmallApi.build(client, "127.0.0.1:9");
    Map<String, Object> method = Map.of("resourceId", api.pet(), "httpMethod", "GET");
    Map<String, Object> response = with(method, "statusCode", "200");

    JsonNode declared =
        api.patch(
            "UpdateMethodResponse",
            response,
            List.of(
                Map.of(
                    "op",
                    "add",
                    "path",
                    "/responseParameters/method.response.header.X",
                    "value",
                    "true")));
    JsonNode integration =
        api.patch("UpdateIntegration", method, List.of(replace("/timeoutInMillis", "5000")));
    JsonNode mapped = api.call("GetIntegrationResponse", response);
    JsonNode readBack = api.call("GetMethodResponse", response);
    api.call("DeleteIntegrationResponse", response);
    api.call("DeleteMethodResponse", response);
    api.call("DeleteIntegration", method);
    AwsFailure none =
        catchThrowableOfType(AwsFailure.class, () -> api.call("GetIntegration", method));
    JsonNode left = api.call("GetMethod", method);
    api.call("DeleteMethod", method);
    AwsFailure gone = catchThrowableOfType(AwsFailure.class, () -> api.call("GetMethod", method));

    assertThat(declared.at("/responseParameters/method.response.header.X").asBoolean()).isTrue();
    assertThat(readBack).isEqualTo(declared);
    assertThat(integration.path("timeoutInMillis").asInt()).isEqualTo(5000);
    assertThat(mapped.path("statusCode").asString()).isEqualTo("200");
    assertThat(none.text()).isEqualTo("Invalid Integration identifier specified");
    assertThat(left.path("methodIntegration").isMissingNode()).isTrue();
    assertThat(gone.text()).isEqualTo("Invalid Method identifier specified");
  }

  @EveryClient
  void aStageKeepsItsDeployment(AwsClient client, Endpoint endpoint) {
    SmallApi api = SmallApi.build(client, "127.0.0.1:9");
    String deployment =
        api.call("CreateDeployment", Map.of("description", "first")).get("id").asString();
    Map<String, Object> stage = Map.of("stageName", "beta");
    api.call("CreateStage", with(stage, "deploymentId", deployment));

    JsonNode described =
        api.patch(
            "UpdateDeployment",
            Map.of("deploymentId", deployment),
            List.of(replace("/description", "one")));
    JsonNode deployments = api.call("GetDeployments", Map.of());
    JsonNode stages = api.call("GetStages", Map.of("deploymentId", deployment));
    AwsFailure inUse =
        catchThrowableOfType(
            AwsFailure.class,
            () -> api.call("DeleteDeployment", Map.of("deploymentId", deployment)));
    JsonNode read = api.call("GetDeployment", Map.of("deploymentId", deployment));
    api.call("DeleteStage", stage);
    api.call("DeleteDeployment", Map.of("deploymentId", deployment));

    assertThat(described.path("description").asString()).isEqualTo("one");
    assertThat(deployments.path("items")).hasSize(1);
    assertThat(stages.at("/item/0/stageName").asString()).isEqualTo("beta");
    assertThat(inUse.text())
        .isEqualTo("Active stages pointing to this deployment must be moved or deleted");
    assertThat(read.path("description").asString()).isEqualTo("one");
    assertThat(api.call("GetDeployments", Map.of()).path("items")).isEmpty();
  }

  @EveryClient
  void plansAndKeysAreReadAndDeleted(AwsClient client, Endpoint endpoint) {
    String plan = client.call("CreateUsagePlan", Map.of("name", "p")).get("id").asString();
    String key = client.call("CreateApiKey", Map.of("name", "k")).get("id").asString();
    Map<String, Object> planKey = Map.of("usagePlanId", plan, "keyId", key);
    client.call("CreateUsagePlanKey", with(planKey, "keyType", "API_KEY"));

    JsonNode read = client.call("GetUsagePlan", Map.of("usagePlanId", plan));
    JsonNode member = client.call("GetUsagePlanKey", planKey);
    JsonNode keys = client.call("GetApiKeys", Map.of("limit", 500));
    client.call("DeleteUsagePlanKey", planKey);
    client.call("DeleteApiKey", Map.of("apiKey", key));
    client.call("DeleteUsagePlan", Map.of("usagePlanId", plan));
    AwsFailure gone =
        catchThrowableOfType(
            AwsFailure.class, () -> client.call("GetApiKey", Map.of("apiKey", key)));

    assertThat(read.path("name").asString()).isEqualTo("p");
    assertThat(member.path("id").asString()).isEqualTo(key);
    assertThat(keys.path("items").valueStream().map(each -> each.path("id").asString()))
        .contains(key);
    assertThat(gone.text()).isEqualTo("Invalid API Key identifier specified");
  }

  @EveryClient
  void theAccountHasARoleForLogs(AwsClient client, Endpoint endpoint) {
    String role = "arn:aws:iam::" + Endpoint.ACCOUNT + ":role/logs";

    client.call(
        "UpdateAccount", Map.of("patchOperations", List.of(replace("/cloudwatchRoleArn", role))));
    JsonNode account = client.call("GetAccount", Map.of());

    assertThat(account.path("cloudwatchRoleArn").asString()).isEqualTo(role);
    assertThat(account.at("/throttleSettings/burstLimit").asInt()).isEqualTo(5000);
  }

  private static Map<String, Object> with(Map<String, Object> names, String member, Object value) {
    Map<String, Object> all = new HashMap<>(names);
    all.put(member, value);
    return all;
  }
}
