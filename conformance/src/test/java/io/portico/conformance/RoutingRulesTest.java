package io.portico.conformance;

import static io.portico.conformance.SmallApi.STAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.AwsClient;
import io.portico.conformance.client.AwsFailure;
import io.portico.conformance.client.AwsService;
import io.portico.conformance.client.EveryClient;
import io.portico.conformance.client.ServiceClient;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import io.portico.conformance.wire.Caller;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Custom domain names of API Gateway v2, and routing rules that say what their requests call. */
@Portico
final class RoutingRulesTest {

  @EveryClient
  void requestsGoByTheRuleWithTheLeastPriority(AwsClient client, Endpoint endpoint) {
    SmallApi api = SmallApi.build(client, "127.0.0.1:9").deploy();
    ServiceClient v2 = client.of(AwsService.API_GATEWAY_V2);
    String domain = domain(client, v2, api);
    Map<String, Object> named = Map.of("DomainName", domain);

    int before = get(endpoint, domain, "/pets/7").statusCode();
    String strips = rule(v2, domain, api, 10, List.of(basePath("shop/v1")), true);
    String all = rule(v2, domain, api, 20, List.of(header("X-Version", "beta*")), false);
    JsonNode read =
        v2.call("GetRoutingRule", Map.of("DomainName", domain, "RoutingRuleId", strips));
    JsonNode listed = v2.call("ListRoutingRules", named);
    String stripped = get(endpoint, domain, "/shop/v1/pets/7").body();
    int neither = get(endpoint, domain, "/pets/7").statusCode();
    String byHeader = get(endpoint, domain, "/pets/7", "X-Version", "beta-2").body();
    AwsFailure taken = v2.refused("CreateRoutingRule", input(domain, api, 20, List.of(), false));
    v2.call("PutRoutingRule", with(input(domain, api, 5, List.of(), false), "RoutingRuleId", all));
    String catchAll = get(endpoint, domain, "/pets/8").body();
    v2.call("DeleteRoutingRule", Map.of("DomainName", domain, "RoutingRuleId", all));
    int gone = get(endpoint, domain, "/pets/8").statusCode();
    v2.call("DeleteDomainName", named);

    assertThat(before).isEqualTo(403);
    assertThat(read.at("/Conditions/0/MatchBasePaths/AnyOf/0").asString()).isEqualTo("shop/v1");
    assertThat(read.at("/Actions/0/InvokeApi/StripBasePath").asBoolean()).isTrue();
    assertThat(read.path("RoutingRuleArn").asString())
        .endsWith(":/domainnames/" + domain + "/routingrules/" + strips);
    assertThat(listed.path("RoutingRules").valueStream().map(each -> each.path("Priority").asInt()))
        .containsExactly(10, 20);
    assertThat(stripped).isEqualTo("{\"pet\": \"7\"}");
    assertThat(neither).isEqualTo(403);
    assertThat(byHeader).isEqualTo("{\"pet\": \"7\"}");
    assertThat(taken.type()).isEqualTo("ConflictException");
    assertThat(catchAll).isEqualTo("{\"pet\": \"8\"}");
    assertThat(gone).isEqualTo(403);
  }

  @EveryClient
  void aDomainNameOfV2IsReadListedChangedAndTagged(AwsClient client, Endpoint endpoint) {
    SmallApi api = SmallApi.build(client, "127.0.0.1:9").deploy();
    ServiceClient v2 = client.of(AwsService.API_GATEWAY_V2);
    String domain = domain(client, v2, api);
    Map<String, Object> named = Map.of("DomainName", domain);

    JsonNode read = v2.call("GetDomainName", named);
    JsonNode ofV1 = client.call("GetDomainName", Map.of("domainName", domain));
    JsonNode changed =
        v2.call(
            "UpdateDomainName",
            Map.of(
                "DomainName",
                domain,
                "RoutingMode",
                "API_MAPPING_ONLY",
                "DomainNameConfigurations",
                List.of(Map.of("IpAddressType", "dualstack"))));
    JsonNode listed = v2.call("GetDomainNames", Map.of("MaxResults", "500"));
    Map<String, Object> arn = Map.of("ResourceArn", read.path("DomainNameArn").asString());
    v2.call("TagResource", with(arn, "Tags", Map.of("team", "blue", "stage", "test")));
    v2.call("UntagResource", with(arn, "TagKeys", List.of("stage")));
    JsonNode tags = v2.call("GetTags", arn);
    v2.call("DeleteDomainName", named);
    AwsFailure gone = v2.refused("GetDomainName", named);

    assertThat(read.path("ApiMappingSelectionExpression").asString())
        .isEqualTo("$request.basepath");
    assertThat(read.path("RoutingMode").asString()).isEqualTo("ROUTING_RULE_ONLY");
    assertThat(read.at("/DomainNameConfigurations/0/ApiGatewayDomainName").asString())
        .isEqualTo(ofV1.path("regionalDomainName").asString());
    assertThat(changed.path("RoutingMode").asString()).isEqualTo("API_MAPPING_ONLY");
    assertThat(changed.at("/DomainNameConfigurations/0/IpAddressType").asString())
        .isEqualTo("dualstack");
    assertThat(listed.path("Items").valueStream().map(each -> each.path("DomainName").asString()))
        .contains(domain);
    assertThat(tags.path("Tags").size()).isEqualTo(1);
    assertThat(tags.at("/Tags/team").asString()).isEqualTo("blue");
    assertThat(gone.type()).isEqualTo("NotFoundException");
  }

  /** A domain name whose requests go by routing rules alone. */
  private static String domain(AwsClient client, ServiceClient v2, SmallApi api) {
    String domain = api.id() + ".example.com";
    v2.call(
        "CreateDomainName",
        Map.of(
            "DomainName",
            domain,
            "DomainNameConfigurations",
            List.of(
                Map.of(
                    "CertificateArn",
                    IssuedCertificate.request(client, domain),
                    "EndpointType",
                    "REGIONAL",
                    "SecurityPolicy",
                    "TLS_1_2")),
            "RoutingMode",
            "ROUTING_RULE_ONLY"));
    return domain;
  }

  private static Map<String, Object> basePath(String path) {
    return Map.of("MatchBasePaths", Map.of("AnyOf", List.of(path)));
  }

  private static Map<String, Object> header(String name, String glob) {
    return Map.of(
        "MatchHeaders", Map.of("AnyOf", List.of(Map.of("Header", name, "ValueGlob", glob))));
  }

  private static Map<String, Object> input(
      String domain,
      SmallApi api,
      int priority,
      List<Map<String, Object>> conditions,
      boolean strips) {
    return Map.of(
        "DomainName",
        domain,
        "Priority",
        priority,
        "Conditions",
        conditions,
        "Actions",
        List.of(
            Map.of(
                "InvokeApi", Map.of("ApiId", api.id(), "Stage", STAGE, "StripBasePath", strips))));
  }

  /** The id of a new rule. */
  private static String rule(
      ServiceClient v2,
      String domain,
      SmallApi api,
      int priority,
      List<Map<String, Object>> conditions,
      boolean strips) {
    return v2.call("CreateRoutingRule", input(domain, api, priority, conditions, strips))
        .path("RoutingRuleId")
        .asString();
  }

  private static Map<String, Object> with(Map<String, ?> members, String name, Object value) {
    Map<String, Object> more = new HashMap<>(members);
    more.put(name, value);
    return more;
  }

  private static HttpResponse<String> get(
      Endpoint endpoint, String domain, String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.uri().resolve(path)).header("Host", domain);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return Caller.send(request);
  }
}
