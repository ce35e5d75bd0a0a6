package io.portico.gateway.control.v1;

import io.portico.gateway.control.domains.DomainNameArn;
import io.portico.gateway.control.protocol.InputMaps;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.BasePathMappingRecord;
import io.portico.gateway.model.DomainNameAccessAssociationRecord;
import io.portico.gateway.model.DomainNameRecord;
import io.portico.gateway.store.RecordCodec;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Domain names, their mappings and access associations as AWS replies them. */
final class DomainNameReply {
  private DomainNameReply() {}

  // AWS: policies are plain JSON texts, other than those of APIs; source: documented, the examples
  // of get-domain-name of the AWS CLI.
  static ObjectNode domainName(DomainNameRecord domain) {
    ObjectNode reply = RecordCodec.tree(domain);
    reply.remove(List.of("accountId", "region", "uploadedCertificate"));
    reply.put("domainNameArn", DomainNameArn.of(domain));
    Reply.date(reply, "certificateUploadDate", domain.certificateUploadDate());
    return reply;
  }

  /** As everything that replies one that was there before: tags even where there are none. */
  // AWS: source: documented, the example of GetDomainName; as for APIs, GEN-27.
  static ObjectNode domainNameWithTags(DomainNameRecord domain) {
    ObjectNode reply = domainName(domain);
    if (!reply.has("tags")) {
      reply.putObject("tags");
    }
    return reply;
  }

  /** What others see of a private domain name. */
  // AWS: source: documented, the examples of get-domain-names of the AWS CLI.
  static ObjectNode foreignDomainName(DomainNameRecord domain) {
    ObjectNode reply = Json.object();
    reply.put("domainName", domain.domainName());
    reply.put("domainNameId", domain.domainNameId());
    reply.put("domainNameArn", DomainNameArn.of(domain));
    return reply;
  }

  static ObjectNode basePathMapping(BasePathMappingRecord mapping) {
    ObjectNode reply = Json.object();
    reply.put("basePath", mapping.basePath());
    reply.put("restApiId", mapping.restApiId());
    if (mapping.stage() != null) {
      reply.put("stage", mapping.stage());
    }
    return reply;
  }

  static ObjectNode accessAssociation(DomainNameAccessAssociationRecord association) {
    ObjectNode reply = Json.object();
    reply.put("domainNameAccessAssociationArn", DomainNameArn.of(association));
    reply.put("domainNameArn", DomainNameArn.ofDomainName(association));
    reply.put("accessAssociationSourceType", association.accessAssociationSourceType());
    reply.put("accessAssociationSource", association.accessAssociationSource());
    InputMaps.set(reply, "tags", association.tags());
    return reply;
  }
}
