package io.portico.gateway.control.v2.portals;

import io.portico.gateway.control.PortalRecordTypes;
import io.portico.gateway.control.patch.PatchEdits;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.InputMaps;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.Page;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.control.rules.ResourceArn;
import io.portico.gateway.control.rules.TagRules;
import io.portico.gateway.control.rules.Tagged;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.portals.PortalProductRecord;
import io.portico.gateway.model.portals.PortalRecord;
import io.portico.gateway.store.RecordCodec;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Portal products: endpoints of REST APIs and pages about them, for portals to include.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-portals-portal-product.html">Portal
 *     products</a>
 */
public final class PortalProducts {
  private static final String SELF = "SELF";
  private static final String OTHER_ACCOUNTS = "OTHER_ACCOUNTS";

  private final PortalEnvironment environment;

  PortalProducts(PortalEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("CreatePortalProduct", this::createPortalProduct)
        .add("GetPortalProduct", this::getPortalProduct)
        .add("ListPortalProducts", this::listPortalProducts)
        .add("UpdatePortalProduct", this::updatePortalProduct)
        .add("DeletePortalProduct", this::deletePortalProduct);
  }

  public ObjectNode createPortalProduct(OperationCall call) {
    Input input = call.input();
    Map<String, String> tags = TagRules.sent(call, environment.apiQuotas());
    String scope = call.caller().scope();
    return environment
        .records()
        .write(
            records -> {
              PortalProductRecord product =
                  new PortalProductRecord(
                      environment.newId(records, PortalRecordTypes.PRODUCT, scope),
                      call.caller().accountId(),
                      call.caller().region(),
                      input.string("displayName"),
                      textOrNull(input, "description"),
                      null,
                      null,
                      environment.now(),
                      InputMaps.orNull(tags));
              put(records, product);
              environment
                  .quotas()
                  .check(
                      Quota.PORTAL_PRODUCTS,
                      scope,
                      () -> records.count(PortalRecordTypes.PRODUCT, scope));
              return reply(product);
            });
  }

  private static @Nullable String textOrNull(Input input, String member) {
    String text = input.stringOrNull(member);
    return text == null || text.isEmpty() ? null : text;
  }

  static void put(RecordWriter records, PortalProductRecord product) {
    records.put(PortalRecordTypes.PRODUCT, product.scope(), product.portalProductId(), product);
  }

  /** The tags of the product that an ARN names, or null where it names none. */
  public static @Nullable Tagged tagged(RecordReader records, OperationCall call, ResourceArn arn) {
    String id = arn.only("portalproducts");
    if (id == null) {
      return null;
    }
    PortalProductRecord product =
        records
            .find(PortalRecordTypes.PRODUCT, call.caller().scope(), id)
            .orElseThrow(ProductAccess::unknown);
    return new Tagged(
        product.tags(),
        (writer, tags) -> {
          ObjectNode tree = RecordCodec.tree(product);
          InputMaps.set(tree, "tags", tags);
          put(writer, RecordCodec.record(tree, PortalProductRecord.class));
        });
  }

  public ObjectNode getPortalProduct(OperationCall call) {
    return environment
        .records()
        .read(records -> reply(ProductAccess.GET_PRODUCT.product(records, call, "")));
  }

  // AWS: the owners: source: documented,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-portals-use-shared-products.html;
  // that a list without one is that of one's own, and the text, are assumed.
  public ObjectNode listPortalProducts(OperationCall call) {
    Page page = Page.v2(call.input());
    String owner = textOrNull(call.input(), "ResourceOwner");
    if (owner != null && !owner.equals(SELF) && !owner.equals(OTHER_ACCOUNTS)) {
      throw ServiceException.badRequest(
          "Invalid resourceOwner specified. Valid options are SELF,OTHER_ACCOUNTS");
    }
    return environment
        .records()
        .read(
            records ->
                OTHER_ACCOUNTS.equals(owner)
                    ? page.answer(
                        (after, limit) ->
                            ProductAccess.shared(records, call.caller(), after, limit),
                        ProductAccess::position,
                        PortalProducts::summary)
                    : page.answer(
                        (after, limit) ->
                            records.list(
                                PortalRecordTypes.PRODUCT, call.caller().scope(), after, limit),
                        PortalProductRecord::portalProductId,
                        PortalProducts::summary));
  }

  public ObjectNode updatePortalProduct(OperationCall call) {
    Input input = call.input();
    return environment
        .records()
        .write(
            records -> {
              PortalProductRecord before = ProductAccess.own(records, call);
              ObjectNode tree = RecordCodec.tree(before);
              if (input.has("displayName")) {
                tree.put("displayName", input.string("displayName"));
              }
              if (input.has("description")) {
                PatchEdits.set(tree, "description", input.string("description"));
              }
              Input order = input.structureOrNull("displayOrder");
              if (order != null) {
                tree.set(
                    "displayOrder",
                    RecordCodec.tree(DisplayOrders.checked(order, records, before)));
              }
              tree.put("lastModified", environment.now().toString());
              PortalProductRecord product = RecordCodec.record(tree, PortalProductRecord.class);
              put(records, product);
              return reply(product);
            });
  }

  // AWS: portals that include it have only to be published again; source: documented,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-portals-delete-product.html.
  // That it leaves the portals of its own account at once is assumed.
  public ObjectNode deletePortalProduct(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              PortalProductRecord product = ProductAccess.own(records, call);
              records.deleteAll(PortalRecordTypes.PAGE, product.parentOfPages());
              records.deleteAll(PortalRecordTypes.ENDPOINT_PAGE, product.parentOfPages());
              records.delete(PortalRecordTypes.PRODUCT, product.scope(), product.portalProductId());
              removeFromPortals(records, product);
              return Json.object();
            });
  }

  private static void removeFromPortals(RecordWriter records, PortalProductRecord product) {
    String arn = PortalArn.of(product);
    for (PortalRecord portal : records.list(PortalRecordTypes.PORTAL, product.scope())) {
      if (portal.includedPortalProductArns().contains(arn)) {
        ObjectNode tree = RecordCodec.tree(portal);
        ArrayNode left = tree.putArray("includedPortalProductArns");
        portal.includedPortalProductArns().stream()
            .filter(each -> !each.equals(arn))
            .forEach(left::add);
        records.put(
            PortalRecordTypes.PORTAL,
            portal.scope(),
            portal.portalId(),
            RecordCodec.record(tree, PortalRecord.class));
      }
    }
  }

  private static ObjectNode reply(PortalProductRecord product) {
    ObjectNode reply = summary(product);
    if (product.description() == null) {
      reply.remove("description");
    }
    if (product.displayOrder() != null) {
      reply.set("displayOrder", RecordCodec.tree(product.displayOrder()));
    }
    return reply;
  }

  // AWS: a summary always has a description; source: AWS's model.
  private static ObjectNode summary(PortalProductRecord product) {
    ObjectNode reply = Json.object();
    reply.put("description", product.description() == null ? "" : product.description());
    reply.put("displayName", product.displayName());
    reply.put("lastModified", product.lastModified().getEpochSecond());
    reply.put("portalProductArn", PortalArn.of(product));
    reply.put("portalProductId", product.portalProductId());
    reply.set("tags", PortalReply.tags(product.tags()));
    return reply;
  }
}
