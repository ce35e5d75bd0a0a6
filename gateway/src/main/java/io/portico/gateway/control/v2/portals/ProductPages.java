package io.portico.gateway.control.v2.portals;

import io.portico.gateway.control.PortalRecordTypes;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.Page;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.portals.PortalProductRecord;
import io.portico.gateway.model.portals.ProductPageRecord;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import tools.jackson.databind.node.ObjectNode;

/**
 * Product pages: what a portal product has to say, in Markdown.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-portals-create-product-page.html">Create
 *     a product page</a>
 */
public final class ProductPages {
  private final PortalEnvironment environment;

  ProductPages(PortalEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("CreateProductPage", this::createProductPage)
        .add("GetProductPage", this::getProductPage)
        .add("ListProductPages", this::listProductPages)
        .add("UpdateProductPage", this::updateProductPage)
        .add("DeleteProductPage", this::deleteProductPage);
  }

  public ObjectNode createProductPage(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              PortalProductRecord product = ProductAccess.own(records, call);
              String parent = product.parentOfPages();
              ObjectNode reply =
                  put(
                      records,
                      product,
                      environment.newId(records, PortalRecordTypes.PAGE, parent),
                      call.input());
              environment
                  .quotas()
                  .check(
                      Quota.PRODUCT_PAGES,
                      "portal product " + product.portalProductId(),
                      () -> records.count(PortalRecordTypes.PAGE, parent));
              return reply;
            });
  }

  private ObjectNode put(
      RecordWriter records, PortalProductRecord product, String id, Input input) {
    Input content = input.structureOrNull("displayContent");
    ProductPageRecord page =
        content == null
            ? find(records, product, id)
            : new ProductPageRecord(
                id, content.string("title"), content.string("body"), environment.now());
    records.put(PortalRecordTypes.PAGE, product.parentOfPages(), id, page);
    return reply(product, page);
  }

  // AWS: the text is assumed, after those of other identifiers.
  private static ProductPageRecord find(
      RecordReader records, PortalProductRecord product, String id) {
    return records
        .find(PortalRecordTypes.PAGE, product.parentOfPages(), id)
        .orElseThrow(() -> ServiceException.notFound("Invalid product page identifier specified"));
  }

  private static String pageId(OperationCall call) {
    return call.input().string("ProductPageId");
  }

  public ObjectNode getProductPage(OperationCall call) {
    return environment
        .records()
        .read(
            records -> {
              PortalProductRecord product =
                  ProductAccess.GET_PAGE.product(records, call, "/productpages/" + pageId(call));
              return reply(product, find(records, product, pageId(call)));
            });
  }

  public ObjectNode listProductPages(OperationCall call) {
    Page page = Page.v2(call.input());
    return environment
        .records()
        .read(
            records -> {
              PortalProductRecord product = ProductAccess.LIST_PAGES.product(records, call, "");
              return page.answer(
                  (after, limit) ->
                      records.list(PortalRecordTypes.PAGE, product.parentOfPages(), after, limit),
                  ProductPageRecord::productPageId,
                  each -> summary(product, each).put("pageTitle", each.title()));
            });
  }

  public ObjectNode updateProductPage(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              PortalProductRecord product = ProductAccess.own(records, call);
              find(records, product, pageId(call));
              return put(records, product, pageId(call), call.input());
            });
  }

  public ObjectNode deleteProductPage(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              PortalProductRecord product = ProductAccess.own(records, call);
              ProductPageRecord page = find(records, product, pageId(call));
              records.delete(PortalRecordTypes.PAGE, product.parentOfPages(), page.productPageId());
              DisplayOrders.remove(
                  records, product, PortalArn.ofPage(product, page.productPageId()));
              return Json.object();
            });
  }

  private static ObjectNode reply(PortalProductRecord product, ProductPageRecord page) {
    ObjectNode reply = summary(product, page);
    reply.putObject("displayContent").put("body", page.body()).put("title", page.title());
    return reply;
  }

  private static ObjectNode summary(PortalProductRecord product, ProductPageRecord page) {
    return Json.object()
        .put("lastModified", page.lastModified().getEpochSecond())
        .put("productPageArn", PortalArn.ofPage(product, page.productPageId()))
        .put("productPageId", page.productPageId());
  }
}
