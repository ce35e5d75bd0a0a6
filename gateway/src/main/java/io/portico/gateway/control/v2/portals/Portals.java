package io.portico.gateway.control.v2.portals;

import io.portico.gateway.control.PortalRecordTypes;
import io.portico.gateway.control.domains.CertificateRules;
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
import io.portico.gateway.model.portals.PortalRecord;
import io.portico.gateway.model.portals.PortalRecord.Endpoint;
import io.portico.gateway.store.RecordCodec;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Portals: what consumers of APIs see of portal products. What is published is what the portal is
 * then; nobody serves it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-portals.html">API
 *     Gateway portals</a>
 */
// AWS: the texts are assumed.
public final class Portals {
  private static final String PUBLISHED = "PUBLISHED";
  private static final String DISABLED = "DISABLED";
  private static final int PREVIEW_LENGTH = 20;
  private static final String STATUS = "publishStatus";

  private final PortalEnvironment environment;

  Portals(PortalEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("CreatePortal", this::createPortal)
        .add("GetPortal", this::getPortal)
        .add("ListPortals", this::listPortals)
        .add("UpdatePortal", this::updatePortal)
        .add("DeletePortal", this::deletePortal)
        .add("PublishPortal", this::publishPortal)
        .add("PreviewPortal", this::previewPortal)
        .add("DisablePortal", this::disablePortal);
  }

  // AWS: a new one is disabled; source: documented,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-portals-create-portal.html.
  public ObjectNode createPortal(OperationCall call) {
    Map<String, String> tags = TagRules.sent(call, environment.apiQuotas());
    ObjectNode tree = Json.object();
    tree.put("accountId", call.caller().accountId());
    tree.put("region", call.caller().region());
    tree.put(STATUS, DISABLED);
    tree.put("lastModified", environment.now().toString());
    tree.putArray("includedPortalProductArns");
    InputMaps.set(tree, "tags", tags);
    PortalSettings.apply(call.input(), tree, call.caller(), environment.now());
    String scope = call.caller().scope();
    return environment
        .records()
        .write(
            records -> {
              tree.put("portalId", environment.newId(records, PortalRecordTypes.PORTAL, scope));
              PortalRecord portal = stored(records, call, tree, null);
              environment
                  .quotas()
                  .check(
                      Quota.PORTALS, scope, () -> records.count(PortalRecordTypes.PORTAL, scope));
              return PortalReply.portal(portal);
            });
  }

  private PortalRecord stored(
      RecordWriter records, OperationCall call, ObjectNode tree, @Nullable PortalRecord before) {
    PortalRecord portal = RecordCodec.record(tree, PortalRecord.class);
    checkEndpoint(records, call, portal, before);
    checkProducts(records, call, portal, before);
    records.put(PortalRecordTypes.PORTAL, portal.scope(), portal.portalId(), portal);
    return portal;
  }

  // AWS: the certificate is in us-east-1, and nobody else has the domain name; source: documented,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-portals-create-portal.html.
  private void checkEndpoint(
      RecordReader records,
      OperationCall call,
      PortalRecord portal,
      @Nullable PortalRecord before) {
    Endpoint endpoint = portal.endpointConfiguration();
    if (endpoint == null || (before != null && endpoint.equals(before.endpointConfiguration()))) {
      return;
    }
    new CertificateRules(records, call.caller(), environment.certificates())
        .checkCloudFront(endpoint.certificateArn());
    boolean taken =
        records.all(PortalRecordTypes.PORTAL).stream()
            .map(RecordReader.Located::value)
            .filter(other -> !other.portalId().equals(portal.portalId()))
            .map(PortalRecord::endpointConfiguration)
            .anyMatch(other -> other != null && other.domainName().equals(endpoint.domainName()));
    if (taken) {
      throw ServiceException.badRequest("The domain name you provided already exists.");
    }
  }

  private void checkProducts(
      RecordReader records,
      OperationCall call,
      PortalRecord portal,
      @Nullable PortalRecord before) {
    List<String> products = portal.includedPortalProductArns();
    if (before != null && products.equals(before.includedPortalProductArns())) {
      return;
    }
    if (new HashSet<>(products).size() < products.size()) {
      throw ServiceException.badRequest("A portal product can be included in a portal only once");
    }
    checkAvailable(records, call, portal);
    environment
        .quotas()
        .check(Quota.PRODUCTS_OF_PORTAL, "portal " + portal.portalId(), products::size);
  }

  private static void checkAvailable(
      RecordReader records, OperationCall call, PortalRecord portal) {
    for (String product : portal.includedPortalProductArns()) {
      if (!ProductAccess.canInclude(records, call.caller(), product)) {
        throw ServiceException.badRequest(
            "The portal product %s does not exist or is not shared with you".formatted(product));
      }
    }
  }

  private static PortalRecord find(RecordReader records, OperationCall call) {
    return findIfThere(records, call).orElseThrow(Portals::unknown);
  }

  private static Optional<PortalRecord> findIfThere(RecordReader records, OperationCall call) {
    return records.find(
        PortalRecordTypes.PORTAL, call.caller().scope(), call.input().string("PortalId"));
  }

  private static ServiceException unknown() {
    return ServiceException.notFound("Invalid portal identifier specified");
  }

  /** The tags of the portal that an ARN names, or null where it names none. */
  public static @Nullable Tagged tagged(RecordReader records, OperationCall call, ResourceArn arn) {
    String id = arn.only("portals");
    if (id == null) {
      return null;
    }
    PortalRecord portal =
        records
            .find(PortalRecordTypes.PORTAL, call.caller().scope(), id)
            .orElseThrow(Portals::unknown);
    return new Tagged(
        portal.tags(),
        (writer, tags) -> {
          ObjectNode tree = RecordCodec.tree(portal);
          InputMaps.set(tree, "tags", tags);
          writer.put(
              PortalRecordTypes.PORTAL,
              portal.scope(),
              id,
              RecordCodec.record(tree, PortalRecord.class));
        });
  }

  public ObjectNode getPortal(OperationCall call) {
    return environment.records().read(records -> PortalReply.portal(find(records, call)));
  }

  public ObjectNode listPortals(OperationCall call) {
    Page page = Page.v2(call.input());
    String scope = call.caller().scope();
    return environment
        .records()
        .read(
            records ->
                page.answer(
                    (after, limit) -> records.list(PortalRecordTypes.PORTAL, scope, after, limit),
                    PortalRecord::portalId,
                    PortalReply::portal));
  }

  public ObjectNode updatePortal(OperationCall call) {
    return PortalReply.portal(
        changed(
            call,
            (records, portal) -> {
              ObjectNode tree = RecordCodec.tree(portal);
              tree.put("lastModified", environment.now().toString());
              PortalSettings.apply(call.input(), tree, call.caller(), environment.now());
              return tree;
            }));
  }

  /** What becomes of a portal. */
  private interface Change {
    ObjectNode of(RecordReader records, PortalRecord portal);
  }

  private PortalRecord changed(OperationCall call, Change change) {
    return environment
        .records()
        .write(
            records -> {
              PortalRecord before = find(records, call);
              return stored(records, call, change.of(records, before), before);
            });
  }

  // AWS: is PUBLISH_IN_PROGRESS for some minutes, and is not published with a product that is
  // shared no more; source: documented,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-portals-share-products.html.
  // Here it is published at once.
  public ObjectNode publishPortal(OperationCall call) {
    String description = call.input().stringOrNull("description");
    changed(
        call,
        (records, portal) -> {
          checkAvailable(records, call, portal);
          ObjectNode tree = RecordCodec.tree(portal);
          tree.put(STATUS, PUBLISHED);
          tree.put("lastPublished", environment.now().toString());
          tree.remove("lastPublishedDescription");
          if (description != null && !description.isEmpty()) {
            tree.put("lastPublishedDescription", description);
          }
          return tree;
        });
    return Json.object();
  }

  // AWS: what a preview's URL looks like is assumed.
  public ObjectNode previewPortal(OperationCall call) {
    changed(
        call,
        (records, portal) -> {
          checkAvailable(records, call, portal);
          ObjectNode tree = RecordCodec.tree(portal);
          tree.putObject("preview")
              .put("previewStatus", "PREVIEW_READY")
              .put(
                  "previewUrl",
                  "https://%s/preview/%s"
                      .formatted(
                          PortalReply.defaultDomainName(portal),
                          environment.ids().next(PREVIEW_LENGTH)));
          return tree;
        });
    return Json.object();
  }

  // AWS: that one which is not published is in the way is assumed.
  public ObjectNode disablePortal(OperationCall call) {
    changed(
        call,
        (records, portal) -> {
          if (portal.publishStatus().equals(DISABLED)) {
            throw ServiceException.conflict(
                "The portal %s is not published".formatted(portal.portalId()));
          }
          return RecordCodec.tree(portal).put(STATUS, DISABLED);
        });
    return Json.object();
  }

  // AWS: it must be disabled first; source: documented,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-portals-delete-portal.html.
  // The operation has no NotFoundException; source: AWS's model.
  public ObjectNode deletePortal(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              PortalRecord portal =
                  findIfThere(records, call)
                      .orElseThrow(() -> ServiceException.badRequest(unknown().text()));
              if (!portal.publishStatus().equals(DISABLED)) {
                throw ServiceException.badRequest(
                    "The portal %s must be disabled before it is deleted"
                        .formatted(portal.portalId()));
              }
              records.delete(PortalRecordTypes.PORTAL, portal.scope(), portal.portalId());
              return Json.object();
            });
  }
}
