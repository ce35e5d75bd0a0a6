package io.portico.gateway.control.rules;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.model.RestApiRecord.EndpointConfiguration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an API's endpoint configuration may be, and what it is where nothing was said. */
public final class EndpointRules {
  public static final String EDGE = "EDGE";
  public static final String PRIVATE = "PRIVATE";
  public static final List<String> TYPES = List.of("REGIONAL", EDGE, PRIVATE);
  public static final List<String> IP_ADDRESS_TYPES = List.of("ipv4", "dualstack");

  // AWS: source: AWS's model, in its order.
  private static final List<String> SECURITY_POLICIES =
      List.of(
          "TLS_1_0",
          "TLS_1_2",
          "SecurityPolicy_TLS13_1_3_2025_09",
          "SecurityPolicy_TLS13_1_3_FIPS_2025_09",
          "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09",
          "SecurityPolicy_TLS13_1_2_FIPS_PQ_2025_09",
          "SecurityPolicy_TLS13_1_2_FIPS_PFS_PQ_2025_09",
          "SecurityPolicy_TLS13_1_2_PQ_2025_09",
          "SecurityPolicy_TLS13_1_2_2021_06",
          "SecurityPolicy_TLS13_2025_EDGE",
          "SecurityPolicy_TLS12_PFS_2025_EDGE",
          "SecurityPolicy_TLS12_2018_EDGE");

  /** How the names of enhanced security policies begin; the others are legacy ones. */
  private static final String ENHANCED = "SecurityPolicy_";

  private static final List<String> ACCESS_MODES = List.of("BASIC", "STRICT");

  private EndpointRules() {}

  /** Whether it is a security policy, or none. */
  // AWS: the text is assumed, after that for endpoint types in API-14.
  public static void checkSecurityPolicy(@Nullable String policy) {
    if (policy != null && !SECURITY_POLICIES.contains(policy)) {
      throw ServiceException.badRequest(
          "Invalid securityPolicy specified. Valid options are "
              + String.join(",", SECURITY_POLICIES));
    }
  }

  /** Whether it is an access mode, or none. */
  // AWS: the text is assumed, after that for IP address types in API-14.
  public static void checkAccessMode(@Nullable String mode) {
    if (mode != null && !ACCESS_MODES.contains(mode)) {
      throw ServiceException.badRequest("endpointAccessMode must be either BASIC or STRICT.");
    }
  }

  /** What of an API or a domain name must go together. */
  public record Tls(List<String> types, @Nullable String policy, @Nullable String mode) {}

  /**
   * Whether a security policy is one for the endpoint types, and has the access mode that it must.
   * What is as it was holds up no change of something else.
   *
   * @param before what it replaces, or null
   */
  // AWS: source: documented,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html
  // for the types, CreateRestApi and CreateDomainName for where the access mode may be. The text of
  // one that is missing: reported, issue 9007 of the AWS SAM CLI for APIs, issue 13332 of the
  // Serverless Framework for domain names; the other texts are assumed.
  public static void checkTls(Tls tls, @Nullable Tls before) {
    if (tls.equals(before)) {
      return;
    }
    String policy = tls.policy();
    if (policy == null || !policy.startsWith(ENHANCED)) {
      if (tls.mode() != null) {
        throw ServiceException.badRequest(
            "endpointAccessMode is only available for security policies that start with "
                + ENHANCED);
      }
      return;
    }
    boolean forEdge = policy.endsWith("_EDGE");
    for (String type : tls.types()) {
      if (type.equals(EDGE) != forEdge) {
        throw ServiceException.badRequest(
            "The security policy %s is not supported for the endpoint type %s"
                .formatted(policy, type));
      }
    }
    if (tls.mode() == null) {
      throw ServiceException.badRequest(
          "Endpoint access mode is required for the specified security policy");
    }
  }

  /**
   * @param input the {@code endpointConfiguration} member, or null
   */
  public static EndpointConfiguration of(@Nullable Input input) {
    List<String> types = input == null ? null : input.stringsOrNull("types");
    if (types == null) {
      types = List.of(EDGE);
    }
    String ipAddressType = input == null ? null : input.stringOrNull("ipAddressType");
    List<String> vpcEndpointIds = input == null ? null : input.stringsOrNull("vpcEndpointIds");
    EndpointConfiguration endpoint =
        new EndpointConfiguration(
            types,
            ipAddressType != null || types.isEmpty()
                ? ipAddressType
                : defaultIpAddressType(types.getFirst()),
            vpcEndpointIds == null || vpcEndpointIds.isEmpty() ? null : vpcEndpointIds);
    check(endpoint);
    return endpoint;
  }

  /**
   * Refuses types that are none.
   *
   * @param types of a patch or an import's parameter: those of CreateRestApi are checked by the
   *     front end
   */
  // AWS: source: API-14.
  public static void checkTypes(List<String> types) {
    if (!TYPES.containsAll(types)) {
      throw ServiceException.badRequest(
          "Invalid EndpointTypes specified. Valid options are " + String.join(",", TYPES));
    }
  }

  // AWS: source: API-02.
  public static String defaultIpAddressType(String type) {
    return type.equals(PRIVATE) ? "dualstack" : "ipv4";
  }

  public static void check(EndpointConfiguration endpoint) {
    if (endpoint.types().isEmpty()) {
      // AWS: source: API-04.
      throw ServiceException.badRequest(
          "REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.");
    }
    if (endpoint.types().size() > 1) {
      // AWS: source: API-05.
      throw ServiceException.badRequest("Cannot create an api with multiple Endpoint Types.");
    }
    if (endpoint.types().getFirst().equals(PRIVATE)
        && !"dualstack".equals(endpoint.ipAddressType())) {
      // AWS: source: API-03.
      throw ServiceException.badRequest(
          "Only dualstack ipAddressType is supported for Private APIs.");
    }
    List<String> vpcEndpointIds = endpoint.vpcEndpointIds();
    if (vpcEndpointIds != null
        && !vpcEndpointIds.isEmpty()
        && !endpoint.types().getFirst().equals(PRIVATE)) {
      // AWS: source: issues 9588 and 9684 of the AWS CDK for CreateRestApi and imports, issue 14269
      // of Terraform's AWS provider for UpdateRestApi.
      throw ServiceException.badRequest("VPCEndpoints can only be specified with PRIVATE apis.");
    }
  }
}
