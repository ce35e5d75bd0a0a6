package io.portico.gateway.control.v2;

import io.portico.gateway.control.domains.TaggedDomainName;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.rules.ResourceArn;
import io.portico.gateway.control.rules.TagOperations;
import io.portico.gateway.control.rules.Tagged;
import io.portico.gateway.control.rules.TaggedKind;
import io.portico.gateway.control.v2.portals.PortalProducts;
import io.portico.gateway.control.v2.portals.Portals;
import io.portico.gateway.store.RecordReader;
import java.util.List;

/** What of API Gateway v2 has an ARN and can be tagged. */
final class Tags {
  private static final List<TaggedKind> KINDS =
      List.of(
          Apis::tagged, Stages::tagged, VpcLinks::tagged, Portals::tagged, PortalProducts::tagged);

  private Tags() {}

  static TagOperations operations(V2Environment environment) {
    return new TagOperations(
        environment.records(),
        environment.quotas(),
        new TagOperations.Members("ResourceArn", "TagKeys"),
        Tags::find);
  }

  private static Tagged find(RecordReader records, OperationCall call, String resourceArn) {
    Tagged domain = TaggedDomainName.find(records, call, resourceArn);
    if (domain != null) {
      return domain;
    }
    ResourceArn arn = ResourceArn.of(resourceArn, call.caller());
    if (arn != null) {
      for (TaggedKind kind : KINDS) {
        Tagged tagged = kind.find(records, call, arn);
        if (tagged != null) {
          return tagged;
        }
      }
    }
    throw TagOperations.invalidArn();
  }
}
