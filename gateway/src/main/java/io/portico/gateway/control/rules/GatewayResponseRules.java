package io.portico.gateway.control.rules;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.model.GatewayResponseRecord;
import io.portico.gateway.snapshot.GatewayResponseType;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a customised gateway response may be. */
public final class GatewayResponseRules {
  private static final Set<String> TYPES =
      Arrays.stream(GatewayResponseType.values()).map(Enum::name).collect(Collectors.toSet());
  private static final Pattern STATUS_CODE = Pattern.compile("[1-5]\\d\\d");

  private GatewayResponseRules() {}

  // AWS: the texts of type and status are assumed.
  public static void check(GatewayResponseRecord response) {
    if (!TYPES.contains(response.responseType())) {
      throw ServiceException.badRequest("Invalid gateway response type specified");
    }
    String statusCode = response.statusCode();
    if (statusCode != null && !STATUS_CODE.matcher(statusCode).matches()) {
      throw ServiceException.badRequest("Invalid status code specified: " + statusCode);
    }
    if (response.responseParameters() != null) {
      Mappings.checkGatewayResponseParameters(response.responseParameters());
    }
    if (response.responseTemplates() != null) {
      Mappings.checkContentTypes(response.responseTemplates().keySet());
    }
  }
}
