package io.portico.conformance;

import static io.portico.conformance.SmallApi.STAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.AwsClient;
import io.portico.conformance.client.AwsFailure;
import io.portico.conformance.client.AwsService;
import io.portico.conformance.client.EveryClient;
import io.portico.conformance.client.ServiceClient;
import io.portico.conformance.server.Portico;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Portals and portal products, from the first call to the last. */
@Portico
final class PortalsTest {
  private static final Map<String, Object> NONE = Map.of("None", Map.of());
  private static final Map<String, Object> PAGE_SIZE = Map.of("MaxResults", "500");

  @EveryClient
  void aPortalIsPublishedDisabledAndDeleted(AwsClient client) {
    ServiceClient v2 = client.of(AwsService.API_GATEWAY_V2);
    Map<String, Object> product = product(v2);
    String productArn = v2.call("GetPortalProduct", product).path("PortalProductArn").asString();

    JsonNode made =
        v2.call(
            "CreatePortal",
            Map.of(
                "Authorization",
                NONE,
                "EndpointConfiguration",
                NONE,
                "PortalContent",
                content("Pets"),
                "IncludedPortalProductArns",
                List.of(productArn),
                "Tags",
                Map.of("team", "blue")));
    Map<String, Object> named = Map.of("PortalId", made.path("PortalId").asString());
    v2.call("UpdatePortal", with(named, "PortalContent", content("Birds")));
    v2.call("PreviewPortal", named);
    v2.call("PublishPortal", with(named, "Description", "first"));
    JsonNode published = v2.call("GetPortal", named);
    AwsFailure inUse = v2.refused("DeletePortal", named);
    JsonNode listed = v2.call("ListPortals", PAGE_SIZE);
    v2.call("DisablePortal", named);
    String disabled = v2.call("GetPortal", named).path("PublishStatus").asString();
    v2.call("DeletePortal", named);
    v2.call("DeletePortalProduct", product);
    AwsFailure gone = v2.refused("GetPortal", named);

    assertThat(made.path("PublishStatus").asString()).isEqualTo("DISABLED");
    assertThat(made.at("/PortalContent/Theme/CustomColors/AccentColor").asString())
        .isEqualTo("#111111");
    assertThat(made.at("/EndpointConfiguration/PortalDefaultDomainName").asString())
        .startsWith("p-" + named.get("PortalId"));
    assertThat(published.path("PublishStatus").asString()).isEqualTo("PUBLISHED");
    assertThat(published.path("LastPublishedDescription").asString()).isEqualTo("first");
    assertThat(published.at("/PortalContent/DisplayName").asString()).isEqualTo("Birds");
    assertThat(published.at("/Preview/PreviewStatus").asString()).isEqualTo("PREVIEW_READY");
    assertThat(published.at("/IncludedPortalProductArns/0").asString()).isEqualTo(productArn);
    assertThat(published.at("/Tags/team").asString()).isEqualTo("blue");
    assertThat(inUse.type()).isEqualTo("BadRequestException");
    assertThat(listed.path("Items").valueStream().map(each -> each.path("PortalId").asString()))
        .contains((String) named.get("PortalId"));
    assertThat(disabled).isEqualTo("DISABLED");
    assertThat(gone.type()).isEqualTo("NotFoundException");
  }

  @EveryClient
  void aProductHasPagesInOrder(AwsClient client) {
    SmallApi api = SmallApi.build(client, "127.0.0.1:9").deploy();
    ServiceClient v2 = client.of(AwsService.API_GATEWAY_V2);
    Map<String, Object> product = product(v2);

    JsonNode page =
        v2.call(
            "CreateProductPage",
            with(product, "DisplayContent", Map.of("Title", "Terms", "Body", "# Terms")));
    Map<String, Object> namedPage =
        with(product, "ProductPageId", page.path("ProductPageId").asString());
    v2.call(
        "UpdateProductPage",
        with(namedPage, "DisplayContent", Map.of("Title", "Conditions", "Body", "none")));
    JsonNode pageRead = v2.call("GetProductPage", namedPage);
    JsonNode pages = v2.call("ListProductPages", product);
    JsonNode endpoint =
        v2.call(
            "CreateProductRestEndpointPage",
            with(
                product,
                "RestEndpointIdentifier",
                Map.of(
                    "IdentifierParts",
                    Map.of(
                        "RestApiId",
                        api.id(),
                        "Stage",
                        STAGE,
                        "Path",
                        "/pets/{petId}",
                        "Method",
                        "GET"))));
    Map<String, Object> namedEndpoint =
        with(
            product,
            "ProductRestEndpointPageId",
            endpoint.path("ProductRestEndpointPageId").asString());
    v2.call(
        "UpdateProductRestEndpointPage",
        with(
            with(namedEndpoint, "TryItState", "ENABLED"),
            "DisplayContent",
            Map.of("Overrides", Map.of("OperationName", "View pet"))));
    JsonNode endpointRead = v2.call("GetProductRestEndpointPage", namedEndpoint);
    JsonNode endpoints = v2.call("ListProductRestEndpointPages", product);
    JsonNode ordered =
        v2.call(
            "UpdatePortalProduct",
            with(
                product,
                "DisplayOrder",
                Map.of(
                    "OverviewPageArn",
                    page.path("ProductPageArn").asString(),
                    "Contents",
                    List.of(
                        Map.of(
                            "SectionName",
                            "Adopt",
                            "ProductRestEndpointPageArns",
                            List.of(endpoint.path("ProductRestEndpointPageArn").asString()))))));
    v2.call("DeleteProductRestEndpointPage", namedEndpoint);
    v2.call("DeleteProductPage", namedPage);
    JsonNode left = v2.call("GetPortalProduct", product);
    v2.call("DeletePortalProduct", product);

    assertThat(pageRead.at("/DisplayContent/Title").asString()).isEqualTo("Conditions");
    assertThat(pages.at("/Items/0/PageTitle").asString()).isEqualTo("Conditions");
    assertThat(endpoint.path("Status").asString()).isEqualTo("AVAILABLE");
    assertThat(endpointRead.at("/DisplayContent/OperationName").asString()).isEqualTo("View pet");
    assertThat(endpointRead.path("TryItState").asString()).isEqualTo("ENABLED");
    assertThat(endpoints.at("/Items/0/RestEndpointIdentifier/IdentifierParts/Path").asString())
        .isEqualTo("/pets/{petId}");
    assertThat(ordered.at("/DisplayOrder/Contents/0/SectionName").asString()).isEqualTo("Adopt");
    assertThat(left.path("DisplayOrder").path("OverviewPageArn").isMissingNode()).isTrue();
    assertThat(left.at("/DisplayOrder/Contents/0/ProductRestEndpointPageArns")).isEmpty();
  }

  @EveryClient
  void aProductIsListedAndShared(AwsClient client) {
    ServiceClient v2 = client.of(AwsService.API_GATEWAY_V2);
    Map<String, Object> product = product(v2);
    String policy = "{\"Version\": \"2012-10-17\", \"Statement\": []}";

    JsonNode listed = v2.call("ListPortalProducts", PAGE_SIZE);
    v2.call("PutPortalProductSharingPolicy", with(product, "PolicyDocument", policy));
    JsonNode shared = v2.call("GetPortalProductSharingPolicy", product);
    v2.call("DeletePortalProductSharingPolicy", product);
    AwsFailure none = v2.refused("GetPortalProductSharingPolicy", product);
    v2.call("DeletePortalProduct", product);

    assertThat(
            listed.path("Items").valueStream().map(each -> each.path("PortalProductId").asString()))
        .contains((String) product.get("PortalProductId"));
    assertThat(shared.path("PolicyDocument").asString()).isEqualTo(policy);
    assertThat(none.type()).isEqualTo("NotFoundException");
  }

  /** What names a new product. */
  private static Map<String, Object> product(ServiceClient v2) {
    String id =
        v2.call("CreatePortalProduct", Map.of("DisplayName", "Pets", "Description", "All of them"))
            .path("PortalProductId")
            .asString();
    return Map.of("PortalProductId", id);
  }

  private static Map<String, Object> content(String name) {
    return Map.of(
        "DisplayName",
        name,
        "Theme",
        Map.of(
            "CustomColors",
            Map.of(
                "AccentColor", "#111111",
                "BackgroundColor", "#222222",
                "ErrorValidationColor", "#333333",
                "HeaderColor", "#444444",
                "NavigationColor", "#555555",
                "TextColor", "#666666")));
  }

  private static Map<String, Object> with(Map<String, ?> members, String name, Object value) {
    Map<String, Object> more = new HashMap<>(members);
    more.put(name, value);
    return more;
  }
}
