package io.portico.gateway.control.v2;

import io.portico.gateway.control.domains.TaggedDomainName;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.rules.TagOperations;
import io.portico.gateway.control.rules.Tagged;
import io.portico.gateway.store.RecordReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of API Gateway v2 has an ARN and can be tagged. */
final class Tags {
  private static final List<Kind> KINDS = List.of(VpcLinks::tagged, Apis::tagged, Stages::tagged);

  private Tags() {}

  /** Finds what an ARN names of one kind. */
  @FunctionalInterface
  interface Kind {
    /** What it names, or null where it names none of this kind. */
    @Nullable Tagged find(RecordReader records, OperationCall call, V2Arn arn);
  }

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
    V2Arn arn = V2Arn.of(resourceArn, call.caller());
    if (arn != null) {
      for (Kind kind : KINDS) {
        Tagged tagged = kind.find(records, call, arn);
        if (tagged != null) {
          return tagged;
        }
      }
    }
    throw TagOperations.invalidArn();
  }
}
