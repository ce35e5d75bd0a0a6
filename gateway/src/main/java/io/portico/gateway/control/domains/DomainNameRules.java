package io.portico.gateway.control.domains;

import io.portico.gateway.control.protocol.ControlHosts;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.rules.EndpointRules;
import io.portico.gateway.model.DomainNameRecord;
import io.portico.gateway.model.DomainNameRecord.MutualTlsAuthentication;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a domain name may be, its certificates apart. */
public final class DomainNameRules {
  /** AWS: documents neither; an asterisk may be the whole first label. */
  private static final Pattern NAME =
      Pattern.compile("(\\*\\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9-]{1,63}");

  private static final int LONGEST_NAME = 253;

  // AWS: source: AWS's model.
  private static final List<String> ROUTING_MODES =
      List.of("BASE_PATH_MAPPING_ONLY", "ROUTING_RULE_ONLY", "ROUTING_RULE_THEN_BASE_PATH_MAPPING");

  public static final String DEFAULT_ROUTING_MODE = ROUTING_MODES.getFirst();
  public static final String DEFAULT_SECURITY_POLICY = "TLS_1_2";

  private static final Pattern TRUSTSTORE = Pattern.compile("s3://[^/]+/.+");

  /** The refusal of a name that is nobody's; of the operations that name one. */
  public static final String UNKNOWN = "Invalid domain name identifier specified";

  private DomainNameRules() {}

  /** See {@link #UNKNOWN}. */
  public static ServiceException unknown() {
    return ServiceException.notFound(UNKNOWN);
  }

  // AWS: the text is assumed.
  public static void checkName(String name, ControlHosts hosts) {
    if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
      throw ServiceException.badRequest("Invalid domain name specified: " + name);
    }
    if (hosts.keeps(name)) {
      throw ServiceException.badRequest(
          "Invalid domain name specified: "
              + name
              + ". Portico's control plane answers to this name.");
    }
  }

  // AWS: the text is assumed, after that for endpoint types.
  public static void checkRoutingMode(String mode) {
    if (!ROUTING_MODES.contains(mode)) {
      throw ServiceException.badRequest(
          "Invalid routingMode specified. Valid options are " + String.join(",", ROUTING_MODES));
    }
  }

  /**
   * Whether all that it says goes together.
   *
   * @param before what it replaces, or null
   */
  // AWS: what may go together: documented, CreateDomainName and
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mutual-tls.html. The
  // texts are assumed, except for those of the endpoint, which are those of APIs.
  public static void check(DomainNameRecord domain, @Nullable DomainNameRecord before) {
    List<String> types = domain.endpointConfiguration().types();
    boolean isPrivate = types.contains(EndpointRules.PRIVATE);
    if (isPrivate != domain.privateOnly()) {
      throw ServiceException.badRequest(
          "The endpoint type of a private custom domain name cannot be changed, nor can that of"
              + " another one become PRIVATE");
    }
    // Both public types at once: while a domain name moves from one to the other.
    if (isPrivate || types.size() < 2) {
      EndpointRules.check(domain.endpointConfiguration());
    }
    EndpointRules.checkTls(tls(domain), before == null ? null : tls(before));
    checkMutualTls(domain, types);
    if (!isPrivate && (domain.policy() != null || domain.managementPolicy() != null)) {
      throw ServiceException.badRequest(
          "Policies are supported only for private custom domain names");
    }
  }

  private static EndpointRules.Tls tls(DomainNameRecord domain) {
    return new EndpointRules.Tls(
        domain.endpointConfiguration().types(),
        domain.securityPolicy(),
        domain.endpointAccessMode());
  }

  private static void checkMutualTls(DomainNameRecord domain, List<String> types) {
    String policy = domain.securityPolicy();
    MutualTlsAuthentication mutual = domain.mutualTlsAuthentication();
    if (mutual != null) {
      checkTruststore(mutual.truststoreUri());
      if (!types.equals(List.of("REGIONAL")) || policy.equals("TLS_1_0")) {
        throw ServiceException.badRequest(
            "Mutual TLS is only supported for REGIONAL domain names with a security policy of at"
                + " least TLS_1_2");
      }
      // AWS: source: documented,
      // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html.
      if (!policy.equals(DEFAULT_SECURITY_POLICY)) {
        throw ServiceException.badRequest(
            "Mutual TLS cannot be enabled on a domain name with the security policy " + policy);
      }
    }
  }

  private static void checkTruststore(@Nullable String uri) {
    if (uri == null || !TRUSTSTORE.matcher(uri).matches()) {
      throw ServiceException.badRequest(
          "Invalid truststoreUri specified. It must be of the form s3://bucket-name/key-name");
    }
  }
}
