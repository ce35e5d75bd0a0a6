package io.portico.gateway.control.v2.portals;

import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.rules.ResourcePolicy;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.portals.PortalProductRecord;
import io.portico.gateway.store.RecordCodec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Product sharing policies: which other accounts may have a portal product in their portals.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-portals-share-products.html">Share
 *     your portal product</a>
 */
public final class ProductSharing {
  private final PortalEnvironment environment;

  ProductSharing(PortalEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("PutPortalProductSharingPolicy", this::putPortalProductSharingPolicy)
        .add("GetPortalProductSharingPolicy", this::getPortalProductSharingPolicy)
        .add("DeletePortalProductSharingPolicy", this::deletePortalProductSharingPolicy);
  }

  public ObjectNode putPortalProductSharingPolicy(OperationCall call) {
    String policy = call.input().string("policyDocument");
    ResourcePolicy.check(policy);
    return changed(call, policy);
  }

  // AWS: that there is none until one was put, and the text, are assumed.
  public ObjectNode getPortalProductSharingPolicy(OperationCall call) {
    return environment
        .records()
        .read(
            records -> {
              PortalProductRecord product = ProductAccess.own(records, call);
              return Json.object()
                  .put("policyDocument", present(product))
                  .put("portalProductId", product.portalProductId());
            });
  }

  public ObjectNode deletePortalProductSharingPolicy(OperationCall call) {
    return changed(call, null);
  }

  private ObjectNode changed(OperationCall call, @Nullable String policy) {
    return environment
        .records()
        .write(
            records -> {
              PortalProductRecord product = ProductAccess.own(records, call);
              ObjectNode tree = RecordCodec.tree(product);
              if (policy == null) {
                present(product);
                tree.remove("sharingPolicy");
              } else {
                tree.put("sharingPolicy", policy);
              }
              PortalProducts.put(records, RecordCodec.record(tree, PortalProductRecord.class));
              return Json.object();
            });
  }

  private static String present(PortalProductRecord product) {
    if (product.sharingPolicy() == null) {
      throw ServiceException.notFound(
          "The portal product %s has no sharing policy".formatted(product.portalProductId()));
    }
    return product.sharingPolicy();
  }
}
