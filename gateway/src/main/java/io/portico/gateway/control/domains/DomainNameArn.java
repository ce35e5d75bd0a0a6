package io.portico.gateway.control.domains;

import io.portico.gateway.control.protocol.Caller;
import io.portico.gateway.model.DomainNameAccessAssociationRecord;
import io.portico.gateway.model.DomainNameRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ARN of a domain name or of an access association.
 *
 * @param accountId empty for a public domain name
 * @param key what tells it from the others of its account and region
 */
// AWS: source: documented,
// https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html.
public record DomainNameArn(String region, String accountId, String key) {
  private static final String START = "arn:aws[a-z-]*:apigateway:([a-z0-9-]+):(\\d{12})?:";
  private static final String DOMAIN_NAMES = "/domainnames/";
  private static final String ASSOCIATIONS = "/domainnameaccessassociations/domainname/";
  private static final Pattern DOMAIN_NAME = Pattern.compile(START + DOMAIN_NAMES + "([^/]+)");
  private static final Pattern ASSOCIATION =
      Pattern.compile(START + ASSOCIATIONS + "([^/]+/vpcesource/[^/]+)");

  public static String of(DomainNameRecord domain) {
    return start(domain.region(), domain.privateOnly() ? domain.accountId() : "")
        + DOMAIN_NAMES
        + domain.key();
  }

  /** The ARN of a routing rule of a domain name, which names its account. */
  // AWS: source: documented,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-routing-rules-use.html.
  public static String ofRule(DomainNameRecord domain, String ruleId) {
    return start(domain.region(), domain.accountId())
        + DOMAIN_NAMES
        + domain.key()
        + "/routingrules/"
        + ruleId;
  }

  public static String of(DomainNameAccessAssociationRecord association) {
    return start(association.region(), association.accountId()) + ASSOCIATIONS + association.key();
  }

  /** The ARN of the domain name that an association is with. */
  public static String ofDomainName(DomainNameAccessAssociationRecord association) {
    return start(association.region(), association.domainNameAccount())
        + DOMAIN_NAMES
        + association.domainName();
  }

  private static String start(String region, String accountId) {
    return "arn:aws:apigateway:" + region + ":" + accountId + ":";
  }

  /** What an ARN of a domain name says, or null where it is none. */
  public static @Nullable DomainNameArn ofDomainName(String arn) {
    return parse(DOMAIN_NAME.matcher(arn));
  }

  /** What an ARN of an access association says, or null where it is none. */
  public static @Nullable DomainNameArn ofAssociation(String arn) {
    return parse(ASSOCIATION.matcher(arn));
  }

  private static @Nullable DomainNameArn parse(Matcher arn) {
    return arn.matches()
        ? new DomainNameArn(arn.group(1), arn.group(2) == null ? "" : arn.group(2), arn.group(3))
        : null;
  }

  /** Whether it names what is a caller's own, in the region that is called. */
  public boolean isOf(Caller caller) {
    return scope(caller.accountId()).equals(caller.scope());
  }

  /**
   * The parent of the record that it names, where that is a caller's own if no account is named.
   */
  public String scope(String ownAccount) {
    return (accountId.isEmpty() ? ownAccount : accountId) + "/" + region;
  }
}
