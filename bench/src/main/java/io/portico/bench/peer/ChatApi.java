package io.portico.bench.peer;

import java.io.IOException;

/**
 * A WebSocket API with one route, {@code say}, whose MOCK integration answers each message with the
 * id of its connection, by a template either way.
 */
public record ChatApi() implements Api {

  /** A message of that route, of so many bytes. */
  public static String message(int bytes) {
    String empty = "{\"action\": \"say\", \"text\": \"%s\"}";
    return empty.formatted("x".repeat(bytes - empty.formatted("").length()));
  }

  @Override
  public String deploy(ControlPlane controlPlane, Workplace workplace, int backendPort)
      throws IOException {
    String api =
        ControlPlane.id(
            "apiId",
            controlPlane.call(
                "POST",
                "/v2/apis",
                """
                {"name": "chat", "protocolType": "WEBSOCKET",
                 "routeSelectionExpression": "$request.body.action"}"""));
    String path = "/v2/apis/" + api;
    String integration =
        ControlPlane.id(
            "integrationId",
            controlPlane.call(
                "POST",
                path + "/integrations",
                """
                {"integrationType": "MOCK", "requestTemplates": {"$default": "{\\"statusCode\\": 200}"}}"""));
    controlPlane.call(
        "POST",
        path + "/integrations/" + integration + "/integrationresponses",
        """
        {"integrationResponseKey": "$default",
         "responseTemplates": {"$default": "$context.connectionId"}}""");
    String route =
        ControlPlane.id(
            "routeId",
            controlPlane.call(
                "POST",
                path + "/routes",
                "{\"routeKey\": \"say\", \"target\": \"integrations/" + integration + "\"}"));
    controlPlane.call(
        "POST",
        path + "/routes/" + route + "/routeresponses",
        "{\"routeResponseKey\": \"$default\"}");
    controlPlane.call(
        "POST", path + "/stages", "{\"stageName\": \"" + STAGE + "\", \"autoDeploy\": true}");
    return api;
  }
}
