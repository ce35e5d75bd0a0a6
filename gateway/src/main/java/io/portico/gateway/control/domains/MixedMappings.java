package io.portico.gateway.control.domains;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.model.DomainNameRecord;
import io.portico.gateway.store.RecordReader;
import java.util.Set;
import java.util.stream.Collectors;

/** API mappings to both REST and HTTP APIs, which keep routing rules from a domain name. */
// AWS: source: documented,
// https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-routing-mode.html. What is
// refused of it, and the text, are assumed.
public final class MixedMappings {
  private MixedMappings() {}

  /**
   * Refuses routing rules where there are such mappings.
   *
   * @throws ServiceException in AWS's words
   */
  public static void check(RecordReader records, DomainNameRecord domain) {
    Set<Boolean> ofRestApis =
        DomainMappings.of(records, domain).stream()
            .map(
                mapping ->
                    records
                        .find(RecordTypes.REST_API, domain.scope(), mapping.restApiId())
                        .isPresent())
            .collect(Collectors.toSet());
    if (ofRestApis.size() > 1) {
      throw ServiceException.badRequest(
          "Routing rules are not supported for custom domain names with API mappings to both REST"
              + " and HTTP APIs");
    }
  }

  /** The same of a domain name whose routing mode has rules looked at. */
  static void checkMode(RecordReader records, DomainNameRecord domain) {
    if (!domain.routingMode().equals(DomainNameRules.DEFAULT_ROUTING_MODE)) {
      check(records, domain);
    }
  }
}
