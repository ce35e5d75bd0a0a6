package io.portico.gateway.model;

import java.time.Instant;

/**
 * That a custom domain name wants the requests to a host. Names are unique within a region only,
 * and private ones not even there, but the data plane finds by host alone.
 *
 * @param domainName the {@linkplain DomainNameRecord#key() key} of the domain name
 * @param since when it was created
 */
public record HostClaimRecord(String accountId, String region, String domainName, Instant since) {

  /** The parent of the domain name's record. */
  public String scope() {
    return accountId + "/" + region;
  }

  /** What tells it from other claims to the host. */
  public String key() {
    return scope() + "/" + domainName;
  }

  /** Whether the domain name is private. */
  public boolean privateOnly() {
    return domainName.indexOf('+') >= 0;
  }
}
