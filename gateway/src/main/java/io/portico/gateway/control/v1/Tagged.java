package io.portico.gateway.control.v1;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.model.DomainNameAccessAssociationRecord;
import io.portico.gateway.model.DomainNameRecord;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What an ARN names.
 *
 * @param present its tags, or null
 * @param store puts it back with others, or none
 */
record Tagged(
    @Nullable Map<String, String> present,
    BiConsumer<RecordWriter, @Nullable Map<String, String>> store) {

  Map<String, String> tags() {
    return present == null ? new LinkedHashMap<>() : new LinkedHashMap<>(present);
  }

  void put(RecordWriter records, Map<String, String> tags) {
    store.accept(records, InputMaps.orNull(tags));
  }

  /**
   * The domain name or access association that an ARN names, or null where it is none of either.
   */
  static @Nullable Tagged ofDomain(RecordReader records, OperationCall call, String arn) {
    DomainNameArn domainName = DomainNameArn.ofDomainName(arn);
    if (domainName != null && isOwn(domainName, call)) {
      DomainNameRecord domain =
          records
              .find(RecordTypes.DOMAIN_NAME, call.caller().scope(), domainName.key())
              .orElseThrow(DomainNames::unknown);
      return new Tagged(
          domain.tags(),
          (writer, tags) ->
              writer.put(
                  RecordTypes.DOMAIN_NAME, domain.scope(), domain.key(), domain.withTags(tags)));
    }
    DomainNameArn associated = DomainNameArn.ofAssociation(arn);
    if (associated != null && isOwn(associated, call)) {
      DomainNameAccessAssociationRecord association =
          records
              .find(RecordTypes.ACCESS_ASSOCIATION, call.caller().scope(), associated.key())
              .orElseThrow(AccessAssociations::unknown);
      return new Tagged(
          association.tags(),
          (writer, tags) -> AccessAssociations.put(writer, association.withTags(tags)));
    }
    return null;
  }

  private static boolean isOwn(DomainNameArn arn, OperationCall call) {
    return arn.scope(call.caller().accountId()).equals(call.caller().scope());
  }
}
