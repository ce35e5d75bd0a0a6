package io.portico.conformance;

import static io.portico.conformance.SmallApi.STAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.AwsClient;
import io.portico.conformance.client.EveryClient;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Tags are put, read and taken off by ARN, and seen where AWS shows them: on everything that AWS
 * lets have tags.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-tagging-supported-resources.html">Resources
 *     that can be tagged</a>
 */
@Portico
final class TagsTest {
  private static final Map<String, String> GIVEN = Map.of("team", "blue");

  @EveryClient
  void tagsFollowTheirApi(AwsClient client) {
    String api =
        client.call("CreateRestApi", Map.of("name", "tagged", "tags", GIVEN)).get("id").asString();

    expectTags(
        client, "/restapis/" + api, () -> client.call("GetRestApi", Map.of("restApiId", api)));
  }

  @EveryClient
  void tagsFollowTheirStage(AwsClient client) {
    SmallApi api = SmallApi.build(client, "127.0.0.1:9");
    String deployment = api.call("CreateDeployment", Map.of()).get("id").asString();
    api.call("CreateStage", Map.of("stageName", STAGE, "deploymentId", deployment, "tags", GIVEN));

    expectTags(
        client,
        "/restapis/" + api.id() + "/stages/" + STAGE,
        () -> api.call("GetStage", Map.of("stageName", STAGE)));
  }

  @EveryClient
  void tagsFollowTheirKey(AwsClient client) {
    String key =
        client.call("CreateApiKey", Map.of("name", "tagged", "tags", GIVEN)).get("id").asString();

    expectTags(client, "/apikeys/" + key, () -> client.call("GetApiKey", Map.of("apiKey", key)));
  }

  @EveryClient
  void tagsFollowTheirPlan(AwsClient client) {
    String plan =
        client
            .call("CreateUsagePlan", Map.of("name", "tagged", "tags", GIVEN))
            .get("id")
            .asString();

    expectTags(
        client,
        "/usageplans/" + plan,
        () -> client.call("GetUsagePlan", Map.of("usagePlanId", plan)));
  }

  @EveryClient
  void tagsFollowTheirVpcLink(AwsClient client) {
    String unique = client.call("CreateRestApi", Map.of("name", "unique")).get("id").asString();
    String target =
        "arn:aws:elasticloadbalancing:%s:%s:loadbalancer/net/%s/1"
            .formatted(Endpoint.REGION, Endpoint.ACCOUNT, unique);
    String link =
        client
            .call(
                "CreateVpcLink",
                Map.of("name", "tagged", "targetArns", List.of(target), "tags", GIVEN))
            .get("id")
            .asString();

    expectTags(
        client, "/vpclinks/" + link, () -> client.call("GetVpcLink", Map.of("vpcLinkId", link)));
  }

  @EveryClient
  void tagsFollowTheirClientCertificate(AwsClient client) {
    String certificate =
        client
            .call("GenerateClientCertificate", Map.of("tags", GIVEN))
            .get("clientCertificateId")
            .asString();

    expectTags(
        client,
        "/clientcertificates/" + certificate,
        () -> client.call("GetClientCertificate", Map.of("clientCertificateId", certificate)));
  }

  @EveryClient
  void tagsFollowTheirDomainName(AwsClient client) {
    String unique = client.call("CreateRestApi", Map.of("name", "unique")).get("id").asString();
    String name = unique + ".tags.example.com";
    client.call(
        "CreateDomainName",
        Map.of(
            "domainName",
            name,
            "regionalCertificateArn",
            IssuedCertificate.request(client, name),
            "endpointConfiguration",
            Map.of("types", List.of("REGIONAL")),
            "tags",
            GIVEN));

    expectTags(
        client,
        "/domainnames/" + name,
        () -> client.call("GetDomainName", Map.of("domainName", name)));
  }

  @EveryClient
  void tagsFollowTheirPrivateDomainNameAndItsAssociation(AwsClient client) {
    String unique = client.call("CreateRestApi", Map.of("name", "unique")).get("id").asString();
    String name = unique + ".private.example.com";
    JsonNode domain =
        client.call(
            "CreateDomainName",
            Map.of(
                "domainName",
                name,
                "certificateArn",
                IssuedCertificate.request(client, name),
                "endpointConfiguration",
                Map.of("types", List.of("PRIVATE")),
                "tags",
                GIVEN));
    String domainArn = domain.get("domainNameArn").asString();
    String association =
        client
            .call(
                "CreateDomainNameAccessAssociation",
                Map.of(
                    "domainNameArn",
                    domainArn,
                    "accessAssociationSource",
                    "vpce-" + unique,
                    "accessAssociationSourceType",
                    "VPCE",
                    "tags",
                    GIVEN))
            .get("domainNameAccessAssociationArn")
            .asString();

    expectTagsOf(
        client,
        domainArn,
        () ->
            client.call(
                "GetDomainName",
                Map.of("domainName", name, "domainNameId", domain.get("domainNameId").asString())));
    expectTagsOf(client, association, () -> association(client, association));
  }

  private static JsonNode association(AwsClient client, String arn) {
    return client
        .call("GetDomainNameAccessAssociations", Map.of("resourceOwner", "SELF", "limit", 500))
        .path("items")
        .valueStream()
        .filter(each -> each.path("domainNameAccessAssociationArn").asString().equals(arn))
        .findFirst()
        .orElseThrow(() -> new AssertionError(arn + " is not listed"));
  }

  private static void expectTags(AwsClient client, String path, Supplier<JsonNode> read) {
    expectTagsOf(client, "arn:aws:apigateway:" + Endpoint.REGION + "::" + path, read);
  }

  /** Of what was made with {@link #GIVEN}. */
  private static void expectTagsOf(AwsClient client, String arn, Supplier<JsonNode> read) {
    Map<String, String> named = Map.of("resourceArn", arn);
    JsonNode made = read.get().path("tags");

    client.call(
        "TagResource", Map.of("resourceArn", arn, "tags", Map.of("a b/c", "d=e", "x", "y")));
    client.call("UntagResource", Map.of("resourceArn", arn, "tagKeys", List.of("x", "unheard")));
    JsonNode tags = client.call("GetTags", named).path("tags");
    JsonNode shown = read.get().path("tags");
    client.call("UntagResource", Map.of("resourceArn", arn, "tagKeys", List.of("team", "a b/c")));
    JsonNode none = client.call("GetTags", named).path("tags");

    assertThat(texts(made)).isEqualTo(GIVEN);
    assertThat(texts(tags)).isEqualTo(Map.of("team", "blue", "a b/c", "d=e"));
    assertThat(shown).isEqualTo(tags);
    assertThat(texts(none)).isEmpty();
    assertThat(texts(read.get().path("tags"))).isEmpty();
  }

  private static Map<String, String> texts(JsonNode tags) {
    return tags.propertyStream()
        .collect(Collectors.toMap(Map.Entry::getKey, tag -> tag.getValue().asString()));
  }
}
