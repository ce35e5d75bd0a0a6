package io.portico.gateway.control.v1;

import static java.util.Map.entry;

import io.portico.gateway.control.ServedApi;
import io.portico.gateway.control.WalkedApi;
import io.portico.gateway.control.protocol.AwsApi;
import io.portico.gateway.control.protocol.Caller;
import io.portico.gateway.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Hostile values in domain names, what they lead to, VPC links, tags and portals of v2. */
final class HostileV2Test {
  private static final Caller CALLER = new Caller(ServedApi.ACCOUNT, "us-east-1", null);
  private static final String CERTIFICATE =
      "arn:aws:acm:us-east-1:%s:certificate/c-1".formatted(ServedApi.ACCOUNT);
  private static final List<String> FAMILIES =
      List.of(
          "ApiMapping",
          "DomainName",
          "RoutingRule",
          "VpcLink",
          "Tag",
          "Untag",
          "Portal",
          "Product");

  private final TestControlPlane control = new TestControlPlane();
  private final ServedApi v2 =
      new ServedApi(
          AwsApi.API_GATEWAY_V2,
          control.v2(),
          control.store,
          Map.ofEntries(
              entry("DomainName", "api.example.com"),
              entry("CreateDomainName.DomainName", "new.example.com"),
              entry("CreatePortal.DomainName", "portal.example.com"),
              entry("UpdatePortal.DomainName", "portal.example.com"),
              entry("DomainNameId", ""),
              entry("CertificateArn", CERTIFICATE),
              entry("OwnershipVerificationCertificateArn", CERTIFICATE),
              entry("EndpointType", "REGIONAL"),
              entry("SecurityPolicy", "TLS_1_2"),
              entry("TruststoreUri", "s3://bucket/key"),
              entry("Stage", "a"),
              entry("ApiMappingKey", "a/b"),
              entry("CreateApiMapping.ApiMappingKey", "a/c"),
              entry("AnyOf", "a/b"),
              entry("Header", "x-version"),
              entry("ValueGlob", "beta*"),
              entry("Priority.integer", "7"),
              entry("CreateRoutingRule.Priority.integer", "8"),
              entry("ListRoutingRules.MaxResults.integer", "10"),
              entry("MaxResults", "10"),
              entry("NextToken", ""),
              entry("Name", "a"),
              entry("SubnetIds", "subnet-a"),
              entry("SecurityGroupIds", "sg-a"),
              entry("Tags.key", "k"),
              entry("Tags", "v"),
              entry("TagKeys", "k"),
              entry(
                  "UserPoolArn",
                  "arn:aws:cognito-idp:us-east-1:%s:userpool/us-east-1_a"
                      .formatted(ServedApi.ACCOUNT)),
              entry("UserPoolDomain", "https://a.example.com/login"),
              entry("AppClientId", "client"),
              entry("LogoUri", "s3://bucket/logo.png"),
              entry("RumAppMonitorName", "monitor"),
              entry("DisplayName", "Pets"),
              entry("Description", "d"),
              entry("AccentColor", "#111111"),
              entry("BackgroundColor", "#111111"),
              entry("ErrorValidationColor", "#111111"),
              entry("HeaderColor", "#111111"),
              entry("NavigationColor", "#111111"),
              entry("TextColor", "#111111"),
              entry("Title", "t"),
              entry("Body", "b"),
              entry("Endpoint", "https://pets.example.com"),
              entry("OperationName", "o"),
              entry("Path", "/a"),
              entry("Method", "GET"),
              entry("SectionName", "s"),
              entry("ResourceOwner", "SELF"),
              entry("ResourceOwnerAccountId", ServedApi.ACCOUNT),
              entry("PolicyDocument", "{\"Version\": \"2012-10-17\", \"Statement\": []}")));

  private ObjectNode v1(String operation, String input) {
    return control.call(
        CALLER, operation, (ObjectNode) Json.parse("{" + input.replace('\'', '"') + "}"));
  }

  /** An API with a stage to which all leads. */
  private String api() {
    String api =
        v1("CreateRestApi", "'name': 'a', 'endpointConfiguration': {'types': ['REGIONAL']}")
            .get("id")
            .asString();
    String named = "'restApiId': '%s'".formatted(api);
    String root = v1("GetRestApi", named).get("rootResourceId").asString();
    String resource =
        v1("CreateResource", named + ", 'parentId': '%s', 'pathPart': 'a'".formatted(root))
            .get("id")
            .asString();
    String method = named + ", 'resourceId': '%s', 'httpMethod': 'GET'".formatted(resource);
    ObjectNode _ = v1("PutMethod", method + ", 'authorizationType': 'NONE'");
    ObjectNode _ = v1("PutIntegration", method + ", 'type': 'MOCK'");
    ObjectNode _ = v1("CreateDeployment", named + ", 'stageName': 'a'");
    return api;
  }

  /** Makes something, and has calls name it by the members of the answer. */
  private void begin(String operation, String... members) throws IOException {
    JsonNode made = Json.parse(v2.begin(operation));
    for (String member : members) {
      v2.hint(
          member,
          made.get(Character.toLowerCase(member.charAt(0)) + member.substring(1)).asString());
    }
  }

  @Test
  void eachIsAnsweredOrRefused() throws IOException {
    String api = api();
    v2.hint("ApiId", api);
    v2.hint("RestApiId", api);
    JsonNode domain =
        Json.parse(v2.begin("CreateDomainName", Map.of("DomainName", "api.example.com")));
    v2.hint("ResourceArn", domain.get("domainNameArn").asString());
    begin("CreateApiMapping", "ApiMappingId");
    begin("CreateRoutingRule", "RoutingRuleId");
    begin("CreateVpcLink", "VpcLinkId");
    begin("CreatePortalProduct", "PortalProductId");
    v2.hint(
        "IncludedPortalProductArns",
        Json.parse(v2.begin("UpdatePortalProduct")).get("portalProductArn").asString());
    JsonNode page = Json.parse(v2.begin("CreateProductPage"));
    v2.hint("ProductPageId", page.get("productPageId").asString());
    v2.hint("ProductPageArns", page.get("productPageArn").asString());
    v2.hint("OverviewPageArn", page.get("productPageArn").asString());
    JsonNode endpoint = Json.parse(v2.begin("CreateProductRestEndpointPage"));
    v2.hint("ProductRestEndpointPageId", endpoint.get("productRestEndpointPageId").asString());
    v2.hint("ProductRestEndpointPageArns", endpoint.get("productRestEndpointPageArn").asString());
    begin("CreatePortal", "PortalId");
    String _ = v2.begin("PublishPortal");
    String _ = v2.begin("PutPortalProductSharingPolicy");
    JsonNode disabled = Json.parse(v2.begin("CreatePortal"));
    v2.hint("DeletePortal.PortalId", disabled.get("portalId").asString());

    WalkedApi.walk(v2, operations(v2), Set.of(), Map.of());
  }

  /** What is called here. */
  static List<String> operations(ServedApi v2) {
    return v2.operationNames().stream()
        .filter(operation -> FAMILIES.stream().anyMatch(operation::contains))
        .toList();
  }
}
