package io.portico.gateway.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * That a VPC endpoint may reach a private custom domain name.
 *
 * @param accountId of the VPC endpoint
 * @param region of both
 * @param domainNameAccount of the domain name
 * @param domainName the {@linkplain DomainNameRecord#key() key} of the domain name
 * @param accessAssociationSource the id of the VPC endpoint
 */
public record DomainNameAccessAssociationRecord(
    String accountId,
    String region,
    String domainNameAccount,
    String domainName,
    String accessAssociationSource,
    String accessAssociationSourceType,
    @Nullable Map<String, String> tags) {

  /** What tells it from the others of its account and region, and ends its ARN. */
  public String key() {
    return domainName + "/vpcesource/" + accessAssociationSource;
  }

  /** The parent of its record. */
  public String scope() {
    return accountId + "/" + region;
  }

  /** This association with other tags. */
  public DomainNameAccessAssociationRecord withTags(@Nullable Map<String, String> newTags) {
    return new DomainNameAccessAssociationRecord(
        accountId,
        region,
        domainNameAccount,
        domainName,
        accessAssociationSource,
        accessAssociationSourceType,
        newTags);
  }
}
