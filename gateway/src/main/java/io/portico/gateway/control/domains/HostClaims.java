package io.portico.gateway.control.domains;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.rules.EndpointRules;
import io.portico.gateway.model.DomainNameRecord;
import io.portico.gateway.model.HostClaimRecord;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordReader.Located;
import io.portico.gateway.store.RecordWriter;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Which domain names want the requests to a host, and which cannot both. */
// AWS: a public name is unique in its region, an edge-optimised one everywhere, and no account has
// what another one's wildcard covers; source: documented,
// https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-custom-domains.html.
public final class HostClaims {
  private static final String WILDCARD = "*.";

  private HostClaims() {}

  /** Claims the host of a domain name that is created. */
  public static void add(RecordWriter records, DomainNameRecord domain, Instant now) {
    HostClaimRecord claim =
        new HostClaimRecord(domain.accountId(), domain.region(), domain.key(), now);
    if (records.find(RecordTypes.HOST_CLAIM, domain.domainName(), claim.key()).isPresent()) {
      throw taken();
    }
    if (!domain.privateOnly()) {
      checkSameName(records, domain);
      checkWildcards(records, domain);
    }
    records.put(RecordTypes.HOST_CLAIM, domain.domainName(), claim.key(), claim);
  }

  public static void remove(RecordWriter records, DomainNameRecord domain) {
    records.delete(RecordTypes.HOST_CLAIM, domain.domainName(), key(domain));
  }

  /** Whether no other public domain name is in the way of one's name. */
  public static void checkSameName(RecordReader records, DomainNameRecord domain) {
    for (HostClaimRecord claim : records.list(RecordTypes.HOST_CLAIM, domain.domainName())) {
      if (!claim.privateOnly()
          && !claim.key().equals(key(domain))
          && (claim.region().equals(domain.region())
              || (isEdge(domain) && isEdge(records, claim)))) {
        throw taken();
      }
    }
  }

  private static String key(DomainNameRecord domain) {
    return domain.scope() + "/" + domain.key();
  }

  // AWS: the text is assumed.
  private static void checkWildcards(RecordReader records, DomainNameRecord domain) {
    String name = domain.domainName();
    String below = name.substring(name.indexOf('.'));
    Stream<HostClaimRecord> others =
        name.startsWith(WILDCARD)
            ? records.all(RecordTypes.HOST_CLAIM).stream()
                .filter(claim -> isBelow(claim.key().parent(), below))
                .map(Located::value)
            : records.list(RecordTypes.HOST_CLAIM, "*" + below).stream();
    if (others.anyMatch(
        claim -> !claim.privateOnly() && !claim.accountId().equals(domain.accountId()))) {
      throw taken();
    }
  }

  private static boolean isBelow(String host, String suffix) {
    return host.endsWith(suffix) && host.indexOf('.') == host.length() - suffix.length();
  }

  private static boolean isEdge(RecordReader records, HostClaimRecord claim) {
    return records
        .find(RecordTypes.DOMAIN_NAME, claim.scope(), claim.domainName())
        .filter(HostClaims::isEdge)
        .isPresent();
  }

  private static boolean isEdge(DomainNameRecord domain) {
    List<String> types = domain.endpointConfiguration().types();
    return types.contains(EndpointRules.EDGE);
  }

  // AWS: source: reported by users of AWS's clients.
  private static ServiceException taken() {
    return ServiceException.badRequest("The domain name you provided already exists.");
  }
}
