package io.portico.gateway.control.v2.portals;

import io.portico.gateway.control.PortalRecordTypes;
import io.portico.gateway.control.protocol.Caller;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.Page;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.portals.PortalProductRecord;
import io.portico.gateway.model.portals.ProductRestEndpointPageRecord;
import io.portico.gateway.model.portals.ProductRestEndpointPageRecord.IdentifierParts;
import io.portico.gateway.model.portals.ProductRestEndpointPageRecord.Overrides;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Product REST endpoint pages: methods of deployed REST APIs that belong to a portal product, and
 * what is said about them.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-portals-create-product-rest-endpoint.html">Create
 *     a product REST endpoint</a>
 */
// AWS: the texts are assumed.
public final class ProductRestEndpointPages {
  private static final String ENABLED = "ENABLED";
  private static final String DISABLED = "DISABLED";

  private final PortalEnvironment environment;

  ProductRestEndpointPages(PortalEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("CreateProductRestEndpointPage", this::createProductRestEndpointPage)
        .add("GetProductRestEndpointPage", this::getProductRestEndpointPage)
        .add("ListProductRestEndpointPages", this::listProductRestEndpointPages)
        .add("UpdateProductRestEndpointPage", this::updateProductRestEndpointPage)
        .add("DeleteProductRestEndpointPage", this::deleteProductRestEndpointPage);
  }

  // AWS: that an endpoint cannot be tried unless somebody says so is assumed.
  public ObjectNode createProductRestEndpointPage(OperationCall call) {
    Input input = call.input();
    IdentifierParts named = named(input);
    String tryIt = input.stringOrNull("tryItState");
    Overrides overrides = overrides(input);
    return environment
        .records()
        .write(
            records -> {
              PortalProductRecord product = ProductAccess.own(records, call);
              String parent = product.parentOfPages();
              ProductRestEndpointPageRecord page =
                  new ProductRestEndpointPageRecord(
                      environment.newId(records, PortalRecordTypes.ENDPOINT_PAGE, parent),
                      named,
                      overrides,
                      tryIt == null ? DISABLED : tryIt,
                      environment.now());
              ObjectNode reply = put(records, call.caller(), product, page);
              environment
                  .quotas()
                  .check(
                      Quota.PRODUCT_ENDPOINT_PAGES,
                      "portal product " + product.portalProductId(),
                      () -> records.count(PortalRecordTypes.ENDPOINT_PAGE, parent));
              return reply;
            });
  }

  private static IdentifierParts named(Input input) {
    Input identifier = input.structureOrNull("restEndpointIdentifier");
    Input parts = identifier == null ? null : identifier.structureOrNull("identifierParts");
    if (parts == null) {
      throw ServiceException.badRequest("identifierParts must be specified");
    }
    return new IdentifierParts(
        parts.string("restApiId"),
        parts.string("stage"),
        parts.string("path"),
        parts.string("method"));
  }

  private static @Nullable Overrides overrides(Input input) {
    Input content = input.structureOrNull("displayContent");
    if (content == null) {
      return null;
    }
    Input overrides = content.structureOrNull("overrides");
    if ((overrides == null) != content.has("none")) {
      throw ServiceException.badRequest("Exactly one of overrides and none must be specified");
    }
    return overrides == null
        ? null
        : new Overrides(
            overrides.stringOrNull("body"),
            overrides.stringOrNull("endpoint"),
            overrides.stringOrNull("operationName"));
  }

  private ObjectNode put(
      RecordWriter records,
      Caller caller,
      PortalProductRecord product,
      ProductRestEndpointPageRecord page) {
    RestEndpoint endpoint =
        RestEndpoint.find(records, caller.scope(), page.identifierParts())
            .orElseThrow(() -> ServiceException.badRequest(gone(page)));
    // AWS: private APIs cannot be tried; source: documented,
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-portals-try-it.html.
    if (endpoint.privateOnly() && page.tryItState().equals(ENABLED)) {
      throw ServiceException.badRequest("Try it is not supported for private APIs");
    }
    records.put(
        PortalRecordTypes.ENDPOINT_PAGE,
        product.parentOfPages(),
        page.productRestEndpointPageId(),
        page);
    return reply(product, page, endpoint);
  }

  private static String gone(ProductRestEndpointPageRecord page) {
    IdentifierParts named = page.identifierParts();
    return "There is no method %s of %s in the stage %s of the REST API %s"
        .formatted(named.method(), named.path(), named.stage(), named.restApiId());
  }

  private static ProductRestEndpointPageRecord find(
      RecordReader records, PortalProductRecord product, OperationCall call) {
    return records
        .find(PortalRecordTypes.ENDPOINT_PAGE, product.parentOfPages(), pageId(call))
        .orElseThrow(
            () ->
                ServiceException.notFound(
                    "Invalid product REST endpoint page identifier specified"));
  }

  private static String pageId(OperationCall call) {
    return call.input().string("ProductRestEndpointPageId");
  }

  // AWS: that the raw content is what the API's documentation says, as it stands, is assumed.
  public ObjectNode getProductRestEndpointPage(OperationCall call) {
    boolean raw = "true".equals(call.input().stringOrNull("IncludeRawDisplayContent"));
    return environment
        .records()
        .read(
            records -> {
              PortalProductRecord product =
                  ProductAccess.GET_ENDPOINT_PAGE.product(
                      records, call, "/productrestendpointpages/" + pageId(call));
              ProductRestEndpointPageRecord page = find(records, product, call);
              RestEndpoint endpoint = endpoint(records, product, page);
              ObjectNode reply = reply(product, page, endpoint);
              if (raw && endpoint != null && endpoint.documentation() != null) {
                reply.put("rawDisplayContent", endpoint.documentation());
              }
              return reply;
            });
  }

  private static @Nullable RestEndpoint endpoint(
      RecordReader records, PortalProductRecord product, ProductRestEndpointPageRecord page) {
    return RestEndpoint.find(records, product.scope(), page.identifierParts()).orElse(null);
  }

  public ObjectNode listProductRestEndpointPages(OperationCall call) {
    Page page = Page.v2(call.input());
    return environment
        .records()
        .read(
            records -> {
              PortalProductRecord product =
                  ProductAccess.LIST_ENDPOINT_PAGES.product(records, call, "");
              return page.answer(
                  (after, limit) ->
                      records.list(
                          PortalRecordTypes.ENDPOINT_PAGE, product.parentOfPages(), after, limit),
                  ProductRestEndpointPageRecord::productRestEndpointPageId,
                  each -> summary(product, each, endpoint(records, product, each)));
            });
  }

  // AWS: everything but the method may change; source: documented,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-portals-update-product-endpoint.html.
  public ObjectNode updateProductRestEndpointPage(OperationCall call) {
    Input input = call.input();
    Overrides overrides = overrides(input);
    return environment
        .records()
        .write(
            records -> {
              PortalProductRecord product = ProductAccess.own(records, call);
              ProductRestEndpointPageRecord before = find(records, product, call);
              String tryIt = input.stringOrNull("tryItState");
              return put(
                  records,
                  call.caller(),
                  product,
                  new ProductRestEndpointPageRecord(
                      before.productRestEndpointPageId(),
                      before.identifierParts(),
                      input.has("displayContent") ? overrides : before.overrides(),
                      tryIt == null ? before.tryItState() : tryIt,
                      environment.now()));
            });
  }

  public ObjectNode deleteProductRestEndpointPage(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              PortalProductRecord product = ProductAccess.own(records, call);
              String id = find(records, product, call).productRestEndpointPageId();
              records.delete(PortalRecordTypes.ENDPOINT_PAGE, product.parentOfPages(), id);
              DisplayOrders.remove(records, product, PortalArn.ofEndpointPage(product, id));
              return Json.object();
            });
  }

  private static ObjectNode reply(
      PortalProductRecord product,
      ProductRestEndpointPageRecord page,
      @Nullable RestEndpoint endpoint) {
    ObjectNode reply = common(product, page, endpoint);
    reply.set("displayContent", content(page, endpoint, true));
    return reply;
  }

  private static ObjectNode summary(
      PortalProductRecord product,
      ProductRestEndpointPageRecord page,
      @Nullable RestEndpoint endpoint) {
    return common(product, page, endpoint).setAll(content(page, endpoint, false));
  }

  // AWS: what a page that leads nowhere any more says is assumed.
  private static ObjectNode common(
      PortalProductRecord product,
      ProductRestEndpointPageRecord page,
      @Nullable RestEndpoint endpoint) {
    ObjectNode reply = Json.object();
    reply.put("lastModified", page.lastModified().getEpochSecond());
    reply.put(
        "productRestEndpointPageArn",
        PortalArn.ofEndpointPage(product, page.productRestEndpointPageId()));
    reply.put("productRestEndpointPageId", page.productRestEndpointPageId());
    IdentifierParts named = page.identifierParts();
    reply
        .putObject("restEndpointIdentifier")
        .putObject("identifierParts")
        .put("method", named.method())
        .put("path", named.path())
        .put("restApiId", named.restApiId())
        .put("stage", named.stage());
    reply.put("status", endpoint == null ? "FAILED" : "AVAILABLE");
    if (endpoint == null) {
      reply
          .putObject("statusException")
          .put("exception", "NotFoundException")
          .put("message", gone(page));
    }
    return reply.put("tryItState", page.tryItState());
  }

  private static ObjectNode content(
      ProductRestEndpointPageRecord page, @Nullable RestEndpoint endpoint, boolean withBody) {
    Overrides overrides = page.overrides();
    ObjectNode content = Json.object();
    if (withBody) {
      put(content, "body", overrides == null ? null : overrides.body(), description(endpoint));
    }
    put(
        content,
        "endpoint",
        overrides == null ? null : overrides.endpoint(),
        endpoint == null ? page.identifierParts().restApiId() : endpoint.url());
    put(
        content,
        "operationName",
        overrides == null ? null : overrides.operationName(),
        endpoint == null ? null : endpoint.method().operationName());
    return content;
  }

  private static @Nullable String description(@Nullable RestEndpoint endpoint) {
    return endpoint == null ? null : endpoint.description();
  }

  private static void put(
      ObjectNode content, String member, @Nullable String override, @Nullable String own) {
    String text = override == null ? own : override;
    if (text != null) {
      content.put(member, text);
    }
  }
}
