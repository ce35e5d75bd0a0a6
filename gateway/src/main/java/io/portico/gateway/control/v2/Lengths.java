package io.portico.gateway.control.v2;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.ServiceException;
import java.util.Map;

/** How long the texts of a call may be. */
// AWS: source: documented, the names of the model's shapes (StringWithLengthBetween1And128), which
// say so where their constraints do not. The text is assumed.
final class Lengths {
  private static final int NAME = 128;
  private static final int DESCRIPTION = 1_024;
  private static final int SHORT = 64;
  private static final int URI = 2_048;

  private static final Map<String, Integer> API =
      Map.of("name", NAME, "description", DESCRIPTION, "version", SHORT, "target", URI);
  private static final Map<String, Integer> ROUTE = Map.of("operationName", SHORT, "target", NAME);
  private static final Map<String, Integer> INTEGRATION =
      Map.of(
          "connectionId",
          1_024,
          "description",
          DESCRIPTION,
          "integrationMethod",
          SHORT,
          "integrationSubtype",
          NAME,
          "integrationUri",
          URI,
          "payloadFormatVersion",
          SHORT);
  private static final Map<String, Integer> AUTHORIZER =
      Map.of(
          "name",
          NAME,
          "authorizerUri",
          URI,
          "authorizerPayloadFormatVersion",
          SHORT,
          "identityValidationExpression",
          1_024);
  private static final Map<String, Integer> MODEL =
      Map.of("name", NAME, "contentType", 256, "description", DESCRIPTION, "schema", 32_768);
  private static final Map<String, Integer> DEPLOYMENT =
      Map.of("description", DESCRIPTION, "stageName", NAME);

  private Lengths() {}

  static void ofApi(Input input) {
    check(input, API);
  }

  static void ofRoute(Input input) {
    check(input, ROUTE);
  }

  static void ofIntegration(Input input) {
    check(input, INTEGRATION);
  }

  static void ofAuthorizer(Input input) {
    check(input, AUTHORIZER);
  }

  static void ofModel(Input input) {
    check(input, MODEL);
  }

  static void ofDeploymentOrStage(Input input) {
    check(input, DEPLOYMENT);
  }

  private static void check(Input input, Map<String, Integer> longest) {
    for (String member : input.json().propertyNames()) {
      Integer length = longest.get(member);
      String text = length == null ? null : input.stringOrNull(member);
      if (length != null && text != null && text.length() > length) {
        throw ServiceException.badRequest(
            "Invalid %s specified. It must have at most %d characters".formatted(member, length));
      }
    }
  }
}
