package io.portico.gateway.control.v1;

import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.control.v1.QuotaCases.Case;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The same of quotas that HTTP and WebSocket APIs alone have. */
final class V2QuotaCases {
  static final String INTEGRATION =
      """
      'integrationType': 'HTTP_PROXY', 'integrationMethod': 'ANY',
      'integrationUri': 'https://a.test', 'timeoutInMillis': %d""";

  private static final String JWT =
      """
      'name': '%s', 'authorizerType': 'JWT', 'identitySource': ['$request.header.a'],
      'jwtConfiguration': {'issuer': 'https://a.test', 'audience': %s}""";

  private V2QuotaCases() {}

  static Case of(Quota quota) {
    return switch (quota) {
      case ROUTES ->
          QuotaCases.counted(
              "Routes",
              " for this API",
              scene -> {
                route(scene, "GET /a", 0);
                route(scene, "GET /b", 0);
              },
              scene -> route(scene, "GET /c", 0));
      case INTEGRATIONS ->
          QuotaCases.counted(
              "Integrations",
              " for this API",
              scene -> {
                scene.inHttpApi("CreateIntegration", INTEGRATION.formatted(50));
                scene.inHttpApi("CreateIntegration", INTEGRATION.formatted(50));
              },
              scene -> scene.inHttpApi("CreateIntegration", INTEGRATION.formatted(50)));
      case AUDIENCES ->
          QuotaCases.counted(
              "Audiences",
              " for this authorizer",
              scene -> authorizer(scene, "a", 2),
              scene -> authorizer(scene, "b", 3),
              scene -> {
                String id =
                    scene.inHttpApi("GetAuthorizers", "").at("/items/0/authorizerId").asString();
                scene.inHttpApi(
                    "UpdateAuthorizer",
                    JWT.formatted("a", texts(3)) + ", 'AuthorizerId': '%s'".formatted(id));
              });
      case AUTHORIZATION_SCOPES ->
          QuotaCases.counted(
              "Authorization Scopes",
              " for this route",
              scene -> {
                authorizer(scene, "a", 1);
                route(scene, "GET /a", 2);
              },
              scene -> route(scene, "GET /b", 3));
      default ->
          QuotaCases.bounded(
              1_000,
              "Timeout should be between 50 ms and 1000 ms",
              scene -> scene.inHttpApi("CreateIntegration", INTEGRATION.formatted(1_000)),
              scene -> scene.inHttpApi("CreateIntegration", INTEGRATION.formatted(1_001)),
              scene -> {
                String id =
                    scene.inHttpApi("GetIntegrations", "").at("/items/0/integrationId").asString();
                scene.inHttpApi(
                    "UpdateIntegration",
                    "'IntegrationId': '%s', 'timeoutInMillis': 1001".formatted(id));
              });
    };
  }

  private static void route(QuotaScene scene, String key, int scopes) {
    String demands = "";
    if (scopes > 0) {
      String id = scene.inHttpApi("GetAuthorizers", "").at("/items/0/authorizerId").asString();
      demands =
          ", 'authorizationType': 'JWT', 'authorizerId': '%s', 'authorizationScopes': %s"
              .formatted(id, texts(scopes));
    }
    scene.inHttpApi("CreateRoute", "'routeKey': '%s'".formatted(key) + demands);
  }

  private static void authorizer(QuotaScene scene, String name, int audiences) {
    scene.inHttpApi("CreateAuthorizer", JWT.formatted(name, texts(audiences)));
  }

  private static String texts(int count) {
    return IntStream.range(0, count)
        .mapToObj("'a%d'"::formatted)
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
