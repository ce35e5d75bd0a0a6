package io.portico.gateway.control.v2.portals;

import io.portico.gateway.model.portals.PortalProductRecord;
import io.portico.gateway.model.portals.PortalRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ARNs of portals and products: all of them name the account. {@code region}, {@code accountId}
 * and {@code productId} are what one of a product says.
 */
// AWS: source: documented,
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagementv2.html.
record PortalArn(String region, String accountId, String productId) {
  private static final Pattern PRODUCT =
      Pattern.compile(
          "arn:aws[a-z-]*:apigateway:([a-z0-9-]+):(\\d{12}):/portalproducts/([a-z0-9]+)");

  static String of(PortalRecord portal) {
    return start(portal.region(), portal.accountId()) + "/portals/" + portal.portalId();
  }

  static String of(PortalProductRecord product) {
    return start(product.region(), product.accountId())
        + "/portalproducts/"
        + product.portalProductId();
  }

  static String ofPage(PortalProductRecord product, String pageId) {
    return of(product) + "/productpages/" + pageId;
  }

  static String ofEndpointPage(PortalProductRecord product, String pageId) {
    return of(product) + "/productrestendpointpages/" + pageId;
  }

  private static String start(String region, String accountId) {
    return "arn:aws:apigateway:" + region + ":" + accountId + ":";
  }

  /** What an ARN of a product says, or null where it is none. */
  static @Nullable PortalArn ofProduct(String arn) {
    Matcher parts = PRODUCT.matcher(arn);
    return parts.matches() ? new PortalArn(parts.group(1), parts.group(2), parts.group(3)) : null;
  }

  /** The parent of the product's record. */
  String scope() {
    return accountId + "/" + region;
  }
}
