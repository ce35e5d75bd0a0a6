package io.portico.gateway.control.v1;

import static io.portico.gateway.control.v1.QuotaCases.counted;
import static io.portico.gateway.control.v1.QuotaCases.twice;

import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.control.v1.QuotaCases.Case;
import java.util.List;
import java.util.stream.Collectors;

/** The cases of quotas of API Gateway v2. */
final class QuotaV2Cases {
  private QuotaV2Cases() {}

  static Case of(Quota quota) {
    return switch (quota) {
      case VPC_LINKS_V2 ->
          counted(
              "VPC Links",
              "",
              twice(i -> scene -> link(scene, "'subnet-%s'".formatted(i))),
              scene -> link(scene, "'subnet-c'"));
      case SUBNETS_OF_VPC_LINK ->
          counted(
              "Subnets",
              " for this VPC link",
              scene -> link(scene, "'subnet-a', 'subnet-b'"),
              scene -> link(scene, "'subnet-a', 'subnet-b', 'subnet-c'"));
      case ROUTING_RULES ->
          counted(
              "Routing Rules",
              " for this domain name",
              scene -> {
                scene.callV2("CreateDomainName", domain("a"));
                rule(scene, 1);
                rule(scene, 2);
              },
              scene -> rule(scene, 3));
      case PORTALS ->
          counted("Portals", "", twice(i -> scene -> portal(scene, 0)), scene -> portal(scene, 0));
      case PORTAL_PRODUCTS ->
          counted("Portal Products", "", twice(i -> QuotaV2Cases::product), QuotaV2Cases::product);
      case PRODUCTS_OF_PORTAL ->
          counted(
              "Portal Products",
              " for this portal",
              scene -> {
                included(scene, 3);
                portal(scene, 2);
              },
              scene -> portal(scene, 3),
              scene ->
                  scene.callV2(
                      "UpdatePortal",
                      "'PortalId': '%s', %s"
                          .formatted(
                              scene.callV2("ListPortals", "").at("/items/0/portalId").asString(),
                              included(scene, 3))));
      case PRODUCT_PAGES ->
          counted(
              "Product Pages",
              " for this portal product",
              scene -> {
                product(scene);
                page(scene);
                page(scene);
              },
              QuotaV2Cases::page);
      case PRODUCT_ENDPOINT_PAGES ->
          counted(
              "Product REST Endpoint Pages",
              " for this portal product",
              scene -> {
                product(scene);
                endpointPage(scene);
                endpointPage(scene);
              },
              QuotaV2Cases::endpointPage);
      default -> throw new IllegalArgumentException(quota + " is none of v2's");
    };
  }

  static String domain(String name) {
    return """
    'domainName': '%s.example.com', 'domainNameConfigurations': [{'certificateArn':
     'arn:aws:acm:eu-west-1:111122223333:certificate/c-1'}]"""
        .formatted(name);
  }

  private static void link(QuotaScene scene, String subnets) {
    scene.callV2("CreateVpcLink", "'name': 'a', 'subnetIds': [%s]".formatted(subnets));
  }

  private static void rule(QuotaScene scene, int priority) {
    scene.callV2(
        "CreateRoutingRule",
        """
        'DomainName': 'a.example.com', 'priority': %d, 'conditions': [],
        'actions': [{'invokeApi': {'apiId': '%s', 'stage': 'a'}}]"""
            .formatted(priority, scene.mappedApi()));
  }

  private static void portal(QuotaScene scene, int products) {
    scene.callV2(
        "CreatePortal",
        """
        'authorization': {'none': {}}, 'endpointConfiguration': {'none': {}}, 'portalContent':
        {'displayName': 'pets', 'theme': {'customColors': {'accentColor': '#000000'}}}, %s"""
            .formatted(included(scene, products)));
  }

  /** As many products as there are to be, those that are missing made. */
  private static String included(QuotaScene scene, int products) {
    while (products(scene).size() < products) {
      product(scene);
    }
    return "'includedPortalProductArns': ["
        + products(scene).stream()
            .limit(products)
            .map("'%s'"::formatted)
            .collect(Collectors.joining(", "))
        + "]";
  }

  private static List<String> products(QuotaScene scene) {
    return scene
        .callV2("ListPortalProducts", "")
        .get("items")
        .valueStream()
        .map(product -> product.get("portalProductArn").asString())
        .toList();
  }

  private static void product(QuotaScene scene) {
    scene.callV2("CreatePortalProduct", "'displayName': 'a'");
  }

  private static String productId(QuotaScene scene) {
    return scene.callV2("ListPortalProducts", "").at("/items/0/portalProductId").asString();
  }

  private static void page(QuotaScene scene) {
    scene.callV2(
        "CreateProductPage",
        "'PortalProductId': '%s', 'displayContent': {'title': 'a', 'body': 'b'}"
            .formatted(productId(scene)));
  }

  private static void endpointPage(QuotaScene scene) {
    scene.callV2(
        "CreateProductRestEndpointPage",
        """
        'PortalProductId': '%s', 'restEndpointIdentifier': {'identifierParts':
        {'restApiId': '%s', 'stage': 'a', 'path': '/a', 'method': 'GET'}}"""
            .formatted(productId(scene), scene.mappedApi()));
  }
}
