package io.portico.gateway.control.v1;

import io.portico.gateway.aws.policy.IamIdentity;
import io.portico.gateway.aws.policy.Policy;
import io.portico.gateway.aws.policy.RequestContext;
import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.domains.DomainNameArn;
import io.portico.gateway.control.protocol.Caller;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.model.DomainNameRecord;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordReader.Located;
import java.util.Comparator;
import java.util.List;

/**
 * Who may associate VPC endpoints with private domain names: their own account, and those that the
 * management policy names.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-custom-domains-provider-share-cli.html">
 *     Sharing a private custom domain name</a>
 */
final class ManagementPolicies {
  private static final String ACTION = "apigateway:CreateAccessAssociation";

  private ManagementPolicies() {}

  static boolean allows(DomainNameRecord domain, Caller caller) {
    String policy = domain.managementPolicy();
    return IamIdentity.root(caller.accountId())
        .may(
            ACTION,
            DomainNameArn.of(domain),
            RequestContext.ofRequest()
                .put("aws:PrincipalAccount", caller.accountId())
                .put("aws:RequestedRegion", caller.region())
                .build(),
            policy == null ? Policy.NONE : Policy.ofResource(policy),
            domain.accountId());
  }

  /**
   * The private domain names of other accounts that a caller may associate, ordered by position.
   */
  static List<DomainNameRecord> shared(
      RecordReader records, OperationCall call, String after, int limit) {
    Caller caller = call.caller();
    return records.all(RecordTypes.DOMAIN_NAME).stream()
        .map(Located::value)
        .filter(DomainNameRecord::privateOnly)
        .filter(domain -> domain.region().equals(caller.region()))
        .filter(domain -> !domain.accountId().equals(caller.accountId()))
        .filter(domain -> position(domain).compareTo(after) > 0)
        .filter(domain -> allows(domain, caller))
        .sorted(Comparator.comparing(ManagementPolicies::position))
        .limit(limit)
        .toList();
  }

  /** Where a domain name stands in the list of many accounts. */
  static String position(DomainNameRecord domain) {
    return domain.key() + "/" + domain.accountId();
  }
}
