package io.portico.gateway.control.domains;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.rules.Tagged;
import io.portico.gateway.model.DomainNameRecord;
import io.portico.gateway.store.RecordReader;
import org.jspecify.annotations.Nullable;

/** The tags of domain names. */
public final class TaggedDomainName {
  private TaggedDomainName() {}

  /** The domain name of the caller's that an ARN names, or null where it names none. */
  public static @Nullable Tagged find(RecordReader records, OperationCall call, String arn) {
    DomainNameArn domainName = DomainNameArn.ofDomainName(arn);
    if (domainName == null || !domainName.isOf(call.caller())) {
      return null;
    }
    DomainNameRecord domain =
        records
            .find(RecordTypes.DOMAIN_NAME, call.caller().scope(), domainName.key())
            .orElseThrow(DomainNameRules::unknown);
    return new Tagged(
        domain.tags(),
        (writer, tags) ->
            writer.put(
                RecordTypes.DOMAIN_NAME, domain.scope(), domain.key(), domain.withTags(tags)));
  }
}
