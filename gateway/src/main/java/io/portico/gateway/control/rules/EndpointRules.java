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

  private EndpointRules() {}

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
  }
}
