package io.portico.gateway.control.openapi;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.rules.Mappings;
import io.portico.gateway.model.GatewayResponseRecord;
import io.portico.gateway.openapi.OpenApiDocument;
import io.portico.gateway.snapshot.GatewayResponseType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** {@code x-amazon-apigateway-gateway-responses} become <b>gateway responses</b>. */
final class GatewayResponseImport {
  private static final Set<String> TYPES =
      Arrays.stream(GatewayResponseType.values()).map(Enum::name).collect(Collectors.toSet());
  private static final Pattern STATUS_CODE = Pattern.compile("[1-5]\\d\\d");

  private GatewayResponseImport() {}

  /**
   * @param kept existing responses that stay unless the document has one of the same type
   */
  static List<GatewayResponseRecord> read(
      OpenApiDocument document, List<GatewayResponseRecord> kept, Findings findings) {
    Map<String, GatewayResponseRecord> responses = new LinkedHashMap<>();
    kept.forEach(response -> responses.put(response.responseType(), response));
    Fields root = new Fields(document.extensions(), GatewayResponseImport::malformed);
    for (Map.Entry<String, JsonNode> entry : root.entries(Extensions.GATEWAY_RESPONSES)) {
      String type = entry.getKey();
      Fields fields = new Fields(entry.getValue(), GatewayResponseImport::malformed);
      GatewayResponseRecord response = response(type, fields, findings);
      try {
        check(response);
        responses.put(type, response);
      } catch (ServiceException e) {
        findings.error("Unable to put gateway response '" + type + "': " + e.text());
      }
    }
    return List.copyOf(responses.values());
  }

  private static ServiceException malformed() {
    return Findings.invalid(Extensions.GATEWAY_RESPONSES + " is malformed");
  }

  // AWS: the texts of type and status are assumed.
  private static void check(GatewayResponseRecord response) {
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

  private static GatewayResponseRecord response(String type, Fields fields, Findings findings) {
    return new GatewayResponseRecord(
        type,
        fields.text("statusCode"),
        fields.textMap(
            "responseParameters",
            (name, value) ->
                findings.warning(
                    "Invalid format for 'responseParameters'. Expected type string for property '"
                        + name
                        + "' of gateway response '"
                        + type
                        + "' but got '"
                        + value.asString("")
                        + "'")),
        fields.textMap("responseTemplates", (name, value) -> refuse()));
  }

  private static void refuse() {
    throw malformed();
  }
}
