package io.portico.gateway.control.v2.rules;

import io.portico.gateway.control.protocol.ServiceException;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How long the texts of a call or record may be, by the names of their members. */
// AWS: source: documented, the names of the model's shapes (StringWithLengthBetween1And128), which
// say so where their constraints do not. The text is assumed.
public final class Lengths {
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

  public static void ofApi(ObjectNode members) {
    check(members, API);
  }

  public static void ofRoute(ObjectNode members) {
    check(members, ROUTE);
  }

  public static void ofIntegration(ObjectNode members) {
    check(members, INTEGRATION);
  }

  public static void ofAuthorizer(ObjectNode members) {
    check(members, AUTHORIZER);
  }

  public static void ofModel(ObjectNode members) {
    check(members, MODEL);
  }

  public static void ofDeploymentOrStage(ObjectNode members) {
    check(members, DEPLOYMENT);
  }

  private static void check(ObjectNode members, Map<String, Integer> longest) {
    for (Map.Entry<String, JsonNode> member : members.properties()) {
      Integer length = longest.get(member.getKey());
      if (length != null && member.getValue().asString("").length() > length) {
        throw ServiceException.badRequest(
            "Invalid %s specified. It must have at most %d characters"
                .formatted(member.getKey(), length));
      }
    }
  }
}
