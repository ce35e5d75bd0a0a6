package io.portico.conformance.hostile;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server has of API Gateway v2: an HTTP API, a WebSocket API, and what stands beside APIs.
 */
final class V2Contents {
  private static final String FUNCTION =
      "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:"
          + "000000000000:function:f/invocations";

  private static final List<String> LISTS =
      List.of(
          "/v2/apis?maxResults=500",
          "/v2/domainnames?maxResults=500",
          "/v2/vpclinks?maxResults=500",
          "/v2/portals",
          "/v2/portalproducts",
          "/v2/apis/{apiId}/integrations/{integrationId}/integrationresponses",
          "/v2/apis/{apiId}/routes/{routeId}/routeresponses");

  private static final List<String> LISTS_OF_AN_API =
      List.of(
          "/routes?maxResults=500",
          "/integrations?maxResults=500",
          "/authorizers?maxResults=500",
          "/deployments?maxResults=500",
          "/models?maxResults=500",
          "/stages?maxResults=500");

  private final Contents contents;
  private final String http;
  private final String webSocket;

  /**
   * @param contents where it is put, and learns the names of it
   */
  V2Contents(Contents contents) {
    this.contents = contents;
    this.http = made("/v2/apis", "{\"name\":\"h\",\"protocolType\":\"HTTP\"}", "apiId");
    this.webSocket =
        made(
            "/v2/apis",
            "{\"name\":\"w\",\"protocolType\":\"WEBSOCKET\","
                + "\"routeSelectionExpression\":\"$request.body.action\"}",
            "apiId");
    putIntoHttp("/v2/apis/" + http);
    putIntoWebSocket("/v2/apis/" + webSocket);
    putBeside();
  }

  private void putIntoHttp(String api) {
    String integration =
        made(
            api + "/integrations",
            "{\"integrationType\":\"HTTP_PROXY\",\"integrationMethod\":\"ANY\","
                + "\"integrationUri\":\"https://backend.test\"}",
            "integrationId");
    made(
        api + "/routes",
        "{\"routeKey\":\"GET /a\",\"target\":\"integrations/%s\"}".formatted(integration),
        "routeId");
    made(api + "/stages", "{\"stageName\":\"auto\",\"autoDeploy\":true}", "stageName");
  }

  /** Operations name this one, which has more kinds of things than the other. */
  private void putIntoWebSocket(String api) {
    named("apiId", webSocket);
    String integration =
        named(
            "integrationId",
            made(
                api + "/integrations",
                "{\"integrationType\":\"MOCK\",\"requestTemplates\":{\"application/json\":\"{}\"}}",
                "integrationId"));
    named(
        "integrationResponseId",
        made(
            api + "/integrations/" + integration + "/integrationresponses",
            "{\"integrationResponseKey\":\"$default\"}",
            "integrationResponseId"));
    String route =
        named(
            "routeId",
            made(
                api + "/routes",
                "{\"routeKey\":\"$connect\",\"target\":\"integrations/%s\"}".formatted(integration),
                "routeId"));
    named(
        "routeResponseId",
        made(
            api + "/routes/" + route + "/routeresponses",
            "{\"routeResponseKey\":\"$default\"}",
            "routeResponseId"));
    named(
        "modelId",
        made(
            api + "/models",
            "{\"name\":\"M\",\"contentType\":\"application/json\",\"schema\":\"{}\"}",
            "modelId"));
    named(
        "authorizerId",
        made(
            api + "/authorizers",
            "{\"name\":\"a\",\"authorizerType\":\"REQUEST\",\"identitySource\":[],\"authorizerUri\":\"%s\"}"
                .formatted(FUNCTION),
            "authorizerId"));
    named("stageName", made(api + "/stages", "{\"stageName\":\"prod\"}", "stageName"));
    named("deploymentId", made(api + "/deployments", "{\"stageName\":\"prod\"}", "deploymentId"));
    named("resource-arn", "arn:aws:apigateway:us-east-1::%2Fapis%2F" + webSocket);
    named("routeKey", "$connect");
    named("requestParameterKey", "route.request.header.a");
    named("specification", "OAS30");
  }

  private void putBeside() {
    named("vpcLinkId", made("/v2/vpclinks", "{\"name\":\"l\",\"subnetIds\":[\"s\"]}", "vpcLinkId"));
    String domain = contents.target("{domain_name}");
    named("domainName", domain);
    named(
        "portalProductId",
        made("/v2/portalproducts", "{\"displayName\":\"p\"}", "portalProductId"));
    named(
        "productPageId",
        made(
            contents.target("/v2/portalproducts/{portalProductId}/productpages"),
            "{\"displayContent\":{\"title\":\"t\",\"body\":\"b\"}}",
            "productPageId"));
  }

  private String named(String label, String value) {
    contents.label(label, value);
    return value;
  }

  private String made(String target, String body, String member) {
    String answer = contents.made("POST", target, body);
    Matcher id = Pattern.compile("\"%s\":\"([^\"]+)\"".formatted(member)).matcher(answer);
    if (!id.find()) {
      throw new AssertionError(target + ": " + answer);
    }
    return id.group(1);
  }

  /** All that is listed. */
  String listed() {
    StringBuilder all = new StringBuilder();
    for (String list : LISTS) {
      all.append(contents.found(contents.target(list)));
    }
    for (String api : List.of(http, webSocket)) {
      for (String list : LISTS_OF_AN_API) {
        all.append(contents.found("/v2/apis/" + api + list));
      }
    }
    return all.toString();
  }
}
