package io.portico.conformance;

import static io.portico.conformance.SmallApi.STAGE;
import static io.portico.conformance.SmallApi.replace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.conformance.client.AwsClient;
import io.portico.conformance.client.AwsFailure;
import io.portico.conformance.client.AwsService;
import io.portico.conformance.client.EveryClient;
import io.portico.conformance.client.JavaSdk;
import io.portico.conformance.client.ServiceClient;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import io.portico.conformance.wire.Caller;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Custom domain names: what their base paths lead to, and what is closed. */
@Portico
final class DomainNamesTest {
  private static final String OTHER_ACCOUNT = "111122223333";

  @EveryClient
  void anApiIsCalledByItsDomainName(AwsClient client, Endpoint endpoint) {
    SmallApi api = SmallApi.build(client, "127.0.0.1:9").deploy();
    String domain = regional(client, api, Map.of()).path("domainName").asString();

    int unmapped = get(endpoint, domain, "/v1/pets/7").statusCode();
    JsonNode mapping =
        client.call(
            "CreateBasePathMapping",
            Map.of("domainName", domain, "restApiId", api.id(), "stage", STAGE, "basePath", "v1"));
    JsonNode readBack =
        client.call("GetBasePathMapping", Map.of("domainName", domain, "basePath", "v1"));
    HttpResponse<String> mapped = get(endpoint, domain, "/v1/pets/7");
    HttpResponse<String> other = get(endpoint, domain, "/v2/pets/7");
    JsonNode moved =
        client.call(
            "UpdateBasePathMapping",
            Map.of(
                "domainName",
                domain,
                "basePath",
                "v1",
                "patchOperations",
                List.of(replace("/basePath", ""))));
    String everywhere = get(endpoint, domain, "/pets/8").body();
    client.call("DeleteBasePathMapping", Map.of("domainName", domain, "basePath", "(none)"));
    int gone = get(endpoint, domain, "/pets/8").statusCode();
    client.call("DeleteDomainName", Map.of("domainName", domain));

    assertThat(unmapped).isEqualTo(403);
    assertThat(mapping.path("basePath").asString()).isEqualTo("v1");
    assertThat(mapping.path("restApiId").asString()).isEqualTo(api.id());
    assertThat(readBack).isEqualTo(mapping);
    assertThat(mapped.body()).isEqualTo("{\"pet\": \"7\"}");
    assertThat(other.statusCode()).isEqualTo(403);
    assertThat(other.body()).isEqualTo("{\"message\":\"Forbidden\"}");
    assertThat(moved.path("basePath").asString()).isEqualTo("(none)");
    assertThat(everywhere).isEqualTo("{\"pet\": \"8\"}");
    assertThat(gone).isEqualTo(403);
  }

  @EveryClient
  void theLongestOfSeveralLevelsLeadsToItsApi(AwsClient client, Endpoint endpoint) {
    SmallApi api = SmallApi.build(client, "127.0.0.1:9").deploy();
    String domain = regional(client, api, Map.of()).path("domainName").asString();
    ServiceClient v2 = client.of(AwsService.API_GATEWAY_V2);
    String deep = mapped(v2, domain, api, "shop/v1/eu");
    String shallow = mapped(v2, domain, api, "shop");

    JsonNode read = v2.call("GetApiMapping", Map.of("DomainName", domain, "ApiMappingId", deep));
    JsonNode all = v2.call("GetApiMappings", Map.of("DomainName", domain)).path("Items");
    String below = get(endpoint, domain, "/shop/v1/eu/pets/7").body();
    String above = get(endpoint, domain, "/shop/pets/8").body();
    // There is no resource of this path in the API that it leads to.
    int between = get(endpoint, domain, "/shop/v1/pets/9").statusCode();
    v2.call(
        "UpdateApiMapping",
        Map.of(
            "DomainName", domain, "ApiMappingId", deep, "ApiId", api.id(), "ApiMappingKey", "a/b"));
    String moved = get(endpoint, domain, "/a/b/pets/7").body();
    v2.call("DeleteApiMapping", Map.of("DomainName", domain, "ApiMappingId", deep));
    int gone = get(endpoint, domain, "/a/b/pets/7").statusCode();
    client.call("DeleteDomainName", Map.of("domainName", domain));

    assertThat(read.path("ApiMappingKey").asString()).isEqualTo("shop/v1/eu");
    assertThat(read.path("ApiId").asString()).isEqualTo(api.id());
    assertThat(read.path("Stage").asString()).isEqualTo(STAGE);
    assertThat(all.valueStream().map(each -> each.path("ApiMappingId").asString()))
        .containsExactlyInAnyOrder(deep, shallow);
    assertThat(below).isEqualTo("{\"pet\": \"7\"}");
    assertThat(above).isEqualTo("{\"pet\": \"8\"}");
    assertThat(between).isEqualTo(403);
    assertThat(moved).isEqualTo("{\"pet\": \"7\"}");
    assertThat(gone).isEqualTo(403);
  }

  /** The id of a new API mapping. */
  private static String mapped(ServiceClient v2, String domain, SmallApi api, String key) {
    return v2.call(
            "CreateApiMapping",
            Map.of("DomainName", domain, "ApiId", api.id(), "Stage", STAGE, "ApiMappingKey", key))
        .path("ApiMappingId")
        .asString();
  }

  @EveryClient
  void whatIsMappedStays(AwsClient client, Endpoint endpoint) {
    SmallApi api = SmallApi.build(client, "127.0.0.1:9").deploy();
    String domain = regional(client, api, Map.of()).path("domainName").asString();
    client.call(
        "CreateBasePathMapping",
        Map.of("domainName", domain, "restApiId", api.id(), "stage", STAGE));

    AwsFailure stage =
        catchThrowableOfType(
            AwsFailure.class,
            () -> client.call("DeleteStage", Map.of("restApiId", api.id(), "stageName", STAGE)));
    AwsFailure whole =
        catchThrowableOfType(
            AwsFailure.class, () -> client.call("DeleteRestApi", Map.of("restApiId", api.id())));
    JsonNode mappings = client.call("GetBasePathMappings", Map.of("domainName", domain));
    client.call("DeleteDomainName", Map.of("domainName", domain));
    client.call("DeleteRestApi", Map.of("restApiId", api.id()));

    assertThat(stage.text())
        .isEqualTo(
            "Deleting stage prod failed. Please remove all base path mappings related to the stage"
                + " in your domains: "
                + domain);
    assertThat(whole.text())
        .isEqualTo(
            "Deleting RestApi %s failed. Please remove all base path mappings related to the RestApi"
                    .formatted(api.id())
                + " in your domains: "
                + domain);
    assertThat(mappings.at("/items/0/basePath").asString()).isEqualTo("(none)");
  }

  @EveryClient
  void aNameIsReadBackListedAndTagged(AwsClient client, Endpoint endpoint) {
    SmallApi api = SmallApi.build(client, "127.0.0.1:9");
    JsonNode created = regional(client, api, Map.of("tags", Map.of("team", "blue")));
    String domain = created.path("domainName").asString();

    AwsFailure again =
        catchThrowableOfType(AwsFailure.class, () -> regional(client, api, Map.of()));
    client.call(
        "TagResource",
        Map.of(
            "resourceArn",
            created.path("domainNameArn").asString(),
            "tags",
            Map.of("cost", "low")));
    JsonNode read = client.call("GetDomainName", Map.of("domainName", domain));
    JsonNode names = client.call("GetDomainNames", Map.of("limit", 500)).path("items");

    assertThat(again.text()).isEqualTo("The domain name you provided already exists.");
    assertThat(read.path("domainNameArn").asString())
        .isEqualTo("arn:aws:apigateway:" + Endpoint.REGION + "::/domainnames/" + domain);
    assertThat(read.path("regionalDomainName").asString())
        .matches("d-[a-z0-9]{10}\\.execute-api\\.us-east-1\\.amazonaws\\.com");
    assertThat(read.path("regionalHostedZoneId").asString()).isEqualTo("Z1UJRXOUMOOFQ8");
    assertThat(read.path("domainNameStatus").asString()).isEqualTo("AVAILABLE");
    assertThat(read.at("/tags/team").asString()).isEqualTo("blue");
    assertThat(read.at("/tags/cost").asString()).isEqualTo("low");
    assertThat(names.valueStream().map(each -> each.path("domainName").asString()))
        .contains(domain);
  }

  @EveryClient
  void mutualTlsIsClosedUntilItIsEnforced(AwsClient client, Endpoint endpoint) {
    SmallApi api = SmallApi.build(client, "127.0.0.1:9").deploy();
    JsonNode created =
        regional(
            client,
            api,
            Map.of("mutualTlsAuthentication", Map.of("truststoreUri", "s3://bucket/trusted.pem")));
    String domain = created.path("domainName").asString();
    client.call(
        "CreateBasePathMapping",
        Map.of("domainName", domain, "restApiId", api.id(), "stage", STAGE));

    int closed = get(endpoint, domain, "/pets/7").statusCode();
    client.call(
        "UpdateDomainName",
        Map.of(
            "domainName",
            domain,
            "patchOperations",
            List.of(replace("/mutualTlsAuthentication/truststoreUri", ""))));
    int open = get(endpoint, domain, "/pets/7").statusCode();

    assertThat(created.at("/mutualTlsAuthentication/truststoreUri").asString())
        .isEqualTo("s3://bucket/trusted.pem");
    assertThat(List.of(closed, open)).containsExactly(403, 200);
  }

  @EveryClient
  void aPrivateNameIsAssociatedWithVpcEndpoints(AwsClient client, Endpoint endpoint) {
    String api =
        client
            .call(
                "CreateRestApi",
                Map.of(
                    "name",
                    "private",
                    "endpointConfiguration",
                    Map.of("types", List.of("PRIVATE"))))
            .path("id")
            .asString();
    JsonNode created =
        client.call(
            "CreateDomainName",
            Map.of(
                "domainName",
                api + ".example.com",
                "certificateArn",
                IssuedCertificate.request(client, api + ".example.com"),
                "endpointConfiguration",
                Map.of("types", List.of("PRIVATE"))));
    Map<String, String> domain =
        Map.of(
            "domainName", created.path("domainName").asString(),
            "domainNameId", created.path("domainNameId").asString());
    Map<String, String> mapping = new HashMap<>(domain);
    mapping.put("restApiId", api);
    client.call("CreateBasePathMapping", mapping);
    String arn = created.path("domainNameArn").asString();

    String association =
        client
            .call(
                "CreateDomainNameAccessAssociation",
                Map.of(
                    "domainNameArn", arn,
                    "accessAssociationSource", "vpce-abcd1234efg",
                    "accessAssociationSourceType", "VPCE"))
            .path("domainNameAccessAssociationArn")
            .asString();
    JsonNode listed =
        client
            .call("GetDomainNameAccessAssociations", Map.of("resourceOwner", "SELF"))
            .path("items");
    AwsFailure ownOne =
        catchThrowableOfType(
            AwsFailure.class,
            () ->
                client.call(
                    "RejectDomainNameAccessAssociation",
                    Map.of("domainNameAccessAssociationArn", association, "domainNameArn", arn)));
    int called = get(endpoint, created.path("domainName").asString(), "/").statusCode();
    client.call(
        "DeleteDomainNameAccessAssociation", Map.of("domainNameAccessAssociationArn", association));
    client.call("DeleteDomainName", domain);

    assertThat(association)
        .isEqualTo(
            "arn:aws:apigateway:%s:%s:/domainnameaccessassociations/domainname/%s+%s/vpcesource/%s"
                .formatted(
                    Endpoint.REGION,
                    Endpoint.ACCOUNT,
                    domain.get("domainName"),
                    domain.get("domainNameId"),
                    "vpce-abcd1234efg"));
    assertThat(
            listed
                .valueStream()
                .map(each -> each.path("domainNameAccessAssociationArn").asString()))
        .contains(association);
    assertThat(ownOne.text()).contains("cannot be rejected");
    assertThat(called).isEqualTo(403);
  }

  @EveryClient
  void anAssociationOfAnotherAccountIsRejected(AwsClient client, Endpoint endpoint) {
    String unique = client.call("CreateRestApi", Map.of("name", "unique")).get("id").asString();
    String name = unique + ".shared.example.com";
    String domain =
        client
            .call(
                "CreateDomainName",
                Map.of(
                    "domainName",
                    name,
                    "certificateArn",
                    IssuedCertificate.request(client, name),
                    "endpointConfiguration",
                    Map.of("types", List.of("PRIVATE"))))
            .get("domainNameArn")
            .asString();
    client.call(
        "UpdateDomainName",
        Map.of(
            "domainName",
            name,
            "domainNameId",
            domain.substring(domain.indexOf('+') + 1),
            "patchOperations",
            List.of(
                replace(
                    "/managementPolicy",
                    """
                    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", \
                    "Principal": {"AWS": ["%s"]}, "Action": "apigateway:CreateAccessAssociation", \
                    "Resource": "%s"}]}"""
                        .formatted(OTHER_ACCOUNT, domain)))));
    try (JavaSdk other = JavaSdk.ofAccount(endpoint, OTHER_ACCOUNT)) {
      String association =
          other
              .call(
                  "CreateDomainNameAccessAssociation",
                  Map.of(
                      "domainNameArn",
                      domain,
                      "accessAssociationSource",
                      "vpce-" + unique,
                      "accessAssociationSourceType",
                      "VPCE"))
              .get("domainNameAccessAssociationArn")
              .asString();

      List<String> before = associationsOfOthers(client);
      client.call(
          "RejectDomainNameAccessAssociation",
          Map.of("domainNameAccessAssociationArn", association, "domainNameArn", domain));

      assertThat(association)
          .startsWith("arn:aws:apigateway:" + Endpoint.REGION + ":" + OTHER_ACCOUNT + ":");
      assertThat(before).contains(association);
      assertThat(associationsOfOthers(client)).doesNotContain(association);
    }
  }

  private static List<String> associationsOfOthers(AwsClient client) {
    return client
        .call(
            "GetDomainNameAccessAssociations",
            Map.of("resourceOwner", "OTHER_ACCOUNTS", "limit", 500))
        .path("items")
        .valueStream()
        .map(each -> each.path("domainNameAccessAssociationArn").asString())
        .toList();
  }

  /** A REGIONAL name, called after the API. */
  private static JsonNode regional(AwsClient client, SmallApi api, Map<String, ?> members) {
    Map<String, Object> input = new HashMap<>(members);
    input.put("domainName", api.id() + ".example.com");
    input.put(
        "regionalCertificateArn", IssuedCertificate.request(client, api.id() + ".example.com"));
    input.put("endpointConfiguration", Map.of("types", List.of("REGIONAL")));
    return client.call("CreateDomainName", input);
  }

  private static HttpResponse<String> get(Endpoint endpoint, String domain, String path) {
    return Caller.get(endpoint.uri().resolve(path), domain);
  }
}
