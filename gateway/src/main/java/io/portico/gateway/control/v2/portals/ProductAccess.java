package io.portico.gateway.control.v2.portals;

import io.portico.gateway.aws.policy.Decision;
import io.portico.gateway.aws.policy.IamIdentity;
import io.portico.gateway.aws.policy.Policy;
import io.portico.gateway.aws.policy.RequestContext;
import io.portico.gateway.control.PortalRecordTypes;
import io.portico.gateway.control.protocol.Caller;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.model.portals.PortalProductRecord;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordReader.Located;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who sees portal products: their own account, and those that the product sharing policy allows.
 * There is no AWS RAM, which would ask these first.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-portals-share-resources.html">Share
 *     portal products</a>
 */
enum ProductAccess {
  GET_PRODUCT("GetPortalProduct", "GetProduct"),
  LIST_PAGES("ListProductPages", "ListPages"),
  GET_PAGE("GetProductPage", "GetPage"),
  LIST_ENDPOINT_PAGES("ListProductRestEndpointPages", "ListEndpoints"),
  GET_ENDPOINT_PAGE("GetProductRestEndpointPage", "GetEndpoint");

  // AWS: policies name actions either as its list of them does or as the policy of AWS RAM does;
  // source: documented, as above, and
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagementv2.html.
  private final String operation;
  private final String permission;

  ProductAccess(String operation, String permission) {
    this.operation = "apigateway:" + operation;
    this.permission = "apigateway:" + permission;
  }

  /**
   * The product that a call names, of an account that it may name as well.
   *
   * @param page what stands behind the product's ARN in that of the page that is meant; empty for
   *     the product itself and lists of its pages
   * @throws ServiceException if there is none, or the caller must not see it
   */
  // AWS: that who must not see a product is told what who names none is told is assumed.
  PortalProductRecord product(RecordReader records, OperationCall call, String page) {
    Caller caller = call.caller();
    String owner = call.input().stringOrNull("ResourceOwnerAccountId");
    String account = owner == null || owner.isEmpty() ? caller.accountId() : owner;
    return records
        .find(
            PortalRecordTypes.PRODUCT,
            account + "/" + caller.region(),
            call.input().string("PortalProductId"))
        .filter(product -> allows(product, page, caller))
        .orElseThrow(ProductAccess::unknown);
  }

  /** The caller's own product that a call names. */
  static PortalProductRecord own(RecordReader records, OperationCall call) {
    return records
        .find(
            PortalRecordTypes.PRODUCT,
            call.caller().scope(),
            call.input().string("PortalProductId"))
        .orElseThrow(ProductAccess::unknown);
  }

  // AWS: the text is assumed, after those of other identifiers.
  static ServiceException unknown() {
    return ServiceException.notFound("Invalid portal product identifier specified");
  }

  /**
   * Whether a caller may do this with a product: nothing denies it, and the owner's policy allows.
   */
  private boolean allows(PortalProductRecord product, String page, Caller caller) {
    if (product.accountId().equals(caller.accountId())) {
      return true;
    }
    if (product.sharingPolicy() == null) {
      return false;
    }
    Policy policy = Policy.ofResource(product.sharingPolicy());
    List<Decision> decisions =
        Stream.of(operation, permission)
            .map(action -> decide(action, product, page, caller, policy))
            .toList();
    return decisions.contains(Decision.ALLOWED) && !decisions.contains(Decision.DENIED_BY_RESOURCE);
  }

  private static Decision decide(
      String action, PortalProductRecord product, String page, Caller caller, Policy policy) {
    return IamIdentity.root(caller.accountId())
        .decide(
            action,
            PortalArn.of(product) + page,
            RequestContext.ofRequest()
                .put("aws:PrincipalAccount", caller.accountId())
                .put("aws:RequestedRegion", caller.region())
                .build(),
            policy,
            product.accountId());
  }

  /** The products of other accounts that a caller sees, ordered by position. */
  static List<PortalProductRecord> shared(
      RecordReader records, Caller caller, String after, int limit) {
    return records.all(PortalRecordTypes.PRODUCT).stream()
        .map(Located::value)
        .filter(product -> product.region().equals(caller.region()))
        .filter(product -> !product.accountId().equals(caller.accountId()))
        .filter(product -> position(product).compareTo(after) > 0)
        .filter(product -> GET_PRODUCT.allows(product, "", caller))
        .sorted(Comparator.comparing(ProductAccess::position))
        .limit(limit)
        .toList();
  }

  /** Where a product stands in the list of many accounts. */
  static String position(PortalProductRecord product) {
    return product.portalProductId() + "/" + product.accountId();
  }

  /** Whether a caller's portals may include the product of an ARN. */
  static boolean canInclude(RecordReader records, Caller caller, String arn) {
    PortalArn named = PortalArn.ofProduct(arn);
    return named != null
        && named.region().equals(caller.region())
        && records
            .find(PortalRecordTypes.PRODUCT, named.scope(), named.productId())
            .filter(product -> GET_PRODUCT.allows(product, "", caller))
            .isPresent();
  }
}
