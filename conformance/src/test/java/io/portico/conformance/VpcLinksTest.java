package io.portico.conformance;

import static io.portico.conformance.SmallApi.STAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.conformance.client.AwsClient;
import io.portico.conformance.client.AwsFailure;
import io.portico.conformance.client.EveryClient;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** VPC links become available, and stay while a stage needs them. */
@Portico
final class VpcLinksTest {

  @EveryClient
  void aLinkBecomesAvailableAndIsDeleted(AwsClient client, Endpoint endpoint) {
    String target = target(client);
    JsonNode made =
        client.call(
            "CreateVpcLink",
            Map.of(
                "name",
                "pets",
                "description",
                "to the pets",
                "targetArns",
                List.of(target),
                "tags",
                Map.of("team", "blue")));
    Map<String, Object> named = Map.of("vpcLinkId", made.get("id").asString());

    JsonNode read = client.call("GetVpcLink", named);
    JsonNode changed =
        client.call(
            "UpdateVpcLink",
            Map.of(
                "vpcLinkId",
                made.get("id").asString(),
                "patchOperations",
                List.of(SmallApi.replace("/name", "dogs"))));
    JsonNode list = client.call("GetVpcLinks", Map.of("limit", 500));
    client.call("DeleteVpcLink", named);
    AwsFailure gone =
        catchThrowableOfType(AwsFailure.class, () -> client.call("GetVpcLink", named));

    assertThat(made.path("status").asString()).isEqualTo("PENDING");
    assertThat(read.path("status").asString()).isEqualTo("AVAILABLE");
    assertThat(read.at("/targetArns/0").asString()).isEqualTo(target);
    assertThat(read.at("/tags/team").asString()).isEqualTo("blue");
    assertThat(changed.path("name").asString()).isEqualTo("dogs");
    assertThat(list.path("items").valueStream().map(each -> each.path("id").asString()))
        .contains(made.get("id").asString());
    assertThat(gone.type()).isEqualTo("NotFoundException");
    assertThat(gone.text()).isEqualTo("Invalid Vpc Link identifier specified");
  }

  @EveryClient
  void aLinkOfAStageStays(AwsClient client, Endpoint endpoint) {
    String link =
        client
            .call("CreateVpcLink", Map.of("name", "pets", "targetArns", List.of(target(client))))
            .get("id")
            .asString();
    SmallApi api = SmallApi.build(client, "127.0.0.1:9");
    api.putMethod(api.root(), "GET", Map.of());
    client.call(
        "PutIntegration",
        Map.of(
            "restApiId",
            api.id(),
            "resourceId",
            api.root(),
            "httpMethod",
            "GET",
            "type",
            "HTTP_PROXY",
            "integrationHttpMethod",
            "GET",
            "uri",
            "http://pets.test/",
            "connectionType",
            "VPC_LINK",
            "connectionId",
            link));
    api.deploy();

    AwsFailure inUse =
        catchThrowableOfType(
            AwsFailure.class, () -> client.call("DeleteVpcLink", Map.of("vpcLinkId", link)));
    client.call("DeleteStage", Map.of("restApiId", api.id(), "stageName", STAGE));
    client.call("DeleteVpcLink", Map.of("vpcLinkId", link));

    assertThat(inUse.type()).isEqualTo("BadRequestException");
    assertThat(inUse.text())
        .isEqualTo(
            "Cannot delete vpc link. Vpc link '%s', is referenced in [%s:GET:%s:%s] in format of [RESTApiId:Method:Resource:Stage]."
                .formatted(link, api.id(), api.root(), STAGE));
  }

  @EveryClient
  void aLinkToSomethingElseIsRefusedOrFails(AwsClient client, Endpoint endpoint) {
    AwsFailure malformed =
        catchThrowableOfType(
            AwsFailure.class,
            () ->
                client.call(
                    "CreateVpcLink", Map.of("name", "pets", "targetArns", List.of("invalid-arn"))));
    String application = target(client).replace("/net/", "/app/");
    JsonNode made =
        client.call("CreateVpcLink", Map.of("name", "pets", "targetArns", List.of(application)));
    JsonNode read = client.call("GetVpcLink", Map.of("vpcLinkId", made.get("id").asString()));

    assertThat(malformed.text()).isEqualTo("Invalid ARN. ARN is not well formed invalid-arn");
    assertThat(read.path("status").asString()).isEqualTo("FAILED");
    assertThat(read.path("statusMessage").asString()).isEqualTo("NLB ARN is malformed");
  }

  /** A load balancer that no other link leads to. */
  private static String target(AwsClient client) {
    String unique = client.call("CreateRestApi", Map.of("name", "unique")).get("id").asString();
    return "arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/net/" + unique + "/1";
  }
}
