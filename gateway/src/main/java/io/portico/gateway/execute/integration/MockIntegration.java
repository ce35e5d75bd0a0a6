package io.portico.gateway.execute.integration;

import io.portico.gateway.execute.EndpointResponse;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.IntegrationRequest;
import io.portico.gateway.http.Body;
import io.portico.gateway.json.LaxJson;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * {@code MOCK}: the request template's result names the status, and that is all there is.
 *
 * <p>AWS: lax JSON with an integer {@code statusCode}, whatever its value; anything else fails.
 * Source: recorded, facts VTL-25; second-hand, facts SEC-08.
 */
final class MockIntegration {
  private MockIntegration() {}

  static EndpointResponse answer(IntegrationRequest request) {
    String text = new String(request.bytes(), StandardCharsets.UTF_8).strip();
    JsonNode status = document(text).get("statusCode");
    if (status == null || !status.isIntegralNumber() || !status.canConvertToInt()) {
      throw noStatus("the template of a MOCK gives no integer statusCode");
    }
    return EndpointResponse.whole(status.intValue(), status.asString(), Body.EMPTY);
  }

  private static JsonNode document(String text) {
    if (text.startsWith("{")) {
      try {
        return LaxJson.parse(text);
      } catch (JacksonException e) {
        throw noStatus("the template of a MOCK gives no JSON: " + e.getOriginalMessage());
      }
    }
    throw noStatus("the template of a MOCK gives no JSON object");
  }

  /** AWS: the text is reported by users. */
  private static GatewayFault noStatus(String reason) {
    return GatewayFault.misconfigured(
        FaultCause.MOCK_STATUS,
        "statusCode should be an integer which defined in request template",
        reason);
  }
}
