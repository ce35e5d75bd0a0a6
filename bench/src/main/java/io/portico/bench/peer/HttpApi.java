package io.portico.bench.peer;

import io.portico.bench.process.BenchFailure;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An HTTP API with one route, which is passed through. */
public record HttpApi() implements Api {
  private static final Pattern API = Pattern.compile("\"apiId\"\\s*:\\s*\"([a-z0-9]+)\"");
  private static final Pattern INTEGRATION =
      Pattern.compile("\"integrationId\"\\s*:\\s*\"([a-z0-9]+)\"");

  @Override
  public String deploy(ControlPlane controlPlane, Workplace workplace, int backendPort)
      throws IOException {
    String api =
        first(
            API,
            controlPlane.call(
                "POST",
                "/v2/apis",
                """
                {"name": "pass-through", "protocolType": "HTTP"}"""));
    String path = "/v2/apis/" + api;
    String integration =
        first(
            INTEGRATION,
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

  private static String first(Pattern member, String answer) {
    Matcher found = member.matcher(answer);
    if (!found.find()) {
      throw new BenchFailure("there is no " + member + " in " + answer);
    }
    return found.group(1);
  }
}
