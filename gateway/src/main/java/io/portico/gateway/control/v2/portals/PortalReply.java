package io.portico.gateway.control.v2.portals;

import io.portico.gateway.json.Json;
import io.portico.gateway.model.portals.PortalRecord;
import io.portico.gateway.model.portals.PortalRecord.Endpoint;
import io.portico.gateway.store.RecordCodec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Portals as AWS replies them. */
final class PortalReply {
  // AWS: that of CloudFront, which serves portals; source: documented,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-portals-create-portal.html;
  // that the default domain name has it, too, is assumed.
  private static final String HOSTED_ZONE = "Z2FDTNDATAQYW2";

  private PortalReply() {}

  static ObjectNode portal(PortalRecord portal) {
    ObjectNode reply = RecordCodec.tree(portal);
    reply.remove(List.of("accountId", "region", "logoUri", "logoLastUploaded"));
    reply.put("portalArn", PortalArn.of(portal));
    ObjectNode authorization = reply.withObject("/authorization");
    if (portal.authorization().cognitoConfig() == null) {
      authorization.putObject("none");
    }
    reply.set("endpointConfiguration", endpoint(portal));
    reply.set("portalContent", content(portal));
    reply.put("lastModified", portal.lastModified().getEpochSecond());
    if (portal.lastPublished() != null) {
      reply.put("lastPublished", portal.lastPublished().getEpochSecond());
    }
    reply.set("tags", tags(portal.tags()));
    return reply;
  }

  /** Tags even where there are none. */
  static ObjectNode tags(@Nullable Map<String, String> tags) {
    ObjectNode reply = Json.object();
    if (tags != null) {
      tags.forEach(reply::put);
    }
    return reply;
  }

  private static ObjectNode endpoint(PortalRecord portal) {
    ObjectNode reply = Json.object();
    Endpoint own = portal.endpointConfiguration();
    if (own != null) {
      reply.put("certificateArn", own.certificateArn()).put("domainName", own.domainName());
    }
    return reply
        .put("portalDefaultDomainName", defaultDomainName(portal))
        .put("portalDomainHostedZoneId", HOSTED_ZONE);
  }

  // AWS: source: documented, as above.
  static String defaultDomainName(PortalRecord portal) {
    return "p-%s.apigw-portal.%s.on.aws".formatted(portal.portalId(), portal.region());
  }

  private static ObjectNode content(PortalRecord portal) {
    ObjectNode reply = Json.object();
    reply.put("displayName", portal.portalContent().displayName());
    if (portal.portalContent().description() != null) {
      reply.put("description", portal.portalContent().description());
    }
    ObjectNode theme = reply.putObject("theme");
    ObjectNode colors = theme.putObject("customColors");
    portal.portalContent().customColors().forEach(colors::put);
    if (portal.logoLastUploaded() != null) {
      theme.put("logoLastUploaded", portal.logoLastUploaded().getEpochSecond());
    }
    return reply;
  }
}
