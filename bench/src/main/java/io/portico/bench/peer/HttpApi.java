package io.portico.bench.peer;

import java.io.IOException;

/** An HTTP API with one route, which is passed through. */
public record HttpApi() implements Api {
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
                {"name": "pass-through", "protocolType": "HTTP"}"""));
    String path = "/v2/apis/" + api;
    String integration =
        ControlPlane.id(
            "integrationId",
            controlPlane.call(
                "POST",
                path + "/integrations",
                """
                {"integrationType": "HTTP_PROXY", "integrationMethod": "GET", "payloadFormatVersion": "1.0",
                 "integrationUri": "http://127.0.0.1:%d/item"}"""
                    .formatted(backendPort)));
    controlPlane.call(
        "POST",
        path + "/routes",
        """
        {"routeKey": "GET /item", "target": "integrations/%s"}"""
            .formatted(integration));
    controlPlane.call(
        "POST",
        path + "/stages",
        """
        {"stageName": "%s", "autoDeploy": true}"""
            .formatted(STAGE));
    return api;
  }
}
