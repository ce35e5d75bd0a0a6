package io.portico.gateway.control.openapi;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.rules.GatewayResponseRules;
import io.portico.gateway.model.GatewayResponseRecord;
import io.portico.gateway.openapi.OpenApiDocument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** {@code x-amazon-apigateway-gateway-responses} become <b>gateway responses</b>. */
final class GatewayResponseImport {
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
        GatewayResponseRules.check(response);
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
