package io.portico.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.AwsClient;
import io.portico.conformance.client.AwsFailure;
import io.portico.conformance.client.AwsService;
import io.portico.conformance.client.EveryClient;
import io.portico.conformance.client.ServiceClient;
import io.portico.conformance.server.Portico;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What only WebSocket APIs have: models, and responses of routes and integrations. */
@Portico
final class WebSocketApisTest {
  private static final String SCHEMA = "{\"title\": \"Message\", \"type\": \"object\"}";

  private static String api(ServiceClient v2) {
    return v2.call(
            "CreateApi",
            Map.of(
                "Name",
                "chat",
                "ProtocolType",
                "WEBSOCKET",
                "RouteSelectionExpression",
                "$request.body.action"))
        .path("ApiId")
        .asString();
  }

  @EveryClient
  void modelsAreMadeReadChangedAndDeleted(AwsClient client) {
    ServiceClient v2 = client.of(AwsService.API_GATEWAY_V2);
    String api = api(v2);
    String id =
        v2.call(
                "CreateModel",
                Map.of(
                    "ApiId",
                    api,
                    "Name",
                    "message",
                    "ContentType",
                    "application/json",
                    "Schema",
                    SCHEMA))
            .path("ModelId")
            .asString();
    Map<String, String> model = Map.of("ApiId", api, "ModelId", id);

    JsonNode changed =
        v2.call("UpdateModel", Map.of("ApiId", api, "ModelId", id, "Description", "said"));
    JsonNode read = v2.call("GetModel", model);
    JsonNode template = v2.call("GetModelTemplate", model);
    JsonNode listed = v2.call("GetModels", Map.of("ApiId", api));
    v2.call("DeleteModel", model);
    AwsFailure gone = v2.refused("GetModel", model);

    assertThat(changed.path("Description").asString()).isEqualTo("said");
    assertThat(read.path("Schema").asString()).isEqualTo(SCHEMA);
    assertThat(template.path("Value").asString()).contains("$inputRoot");
    assertThat(listed.at("/Items/0/Name").asString()).isEqualTo("message");
    assertThat(gone.type()).isEqualTo("NotFoundException");
  }

  @EveryClient
  void routesAndIntegrationsHaveResponses(AwsClient client) {
    ServiceClient v2 = client.of(AwsService.API_GATEWAY_V2);
    String api = api(v2);
    String integration =
        v2.call("CreateIntegration", Map.of("ApiId", api, "IntegrationType", "MOCK"))
            .path("IntegrationId")
            .asString();
    String route =
        v2.call(
                "CreateRoute",
                Map.of(
                    "ApiId",
                    api,
                    "RouteKey",
                    "$connect",
                    "Target",
                    "integrations/" + integration,
                    "RequestParameters",
                    Map.of("route.request.querystring.room", Map.of("Required", true))))
            .path("RouteId")
            .asString();
    Map<String, String> ofRoute = Map.of("ApiId", api, "RouteId", route);
    Map<String, String> ofIntegration = Map.of("ApiId", api, "IntegrationId", integration);

    String routeResponse =
        v2.call(
                "CreateRouteResponse",
                Map.of("ApiId", api, "RouteId", route, "RouteResponseKey", "$default"))
            .path("RouteResponseId")
            .asString();
    Map<String, String> answer =
        Map.of("ApiId", api, "RouteId", route, "RouteResponseId", routeResponse);
    JsonNode routeResponseRead = v2.call("GetRouteResponse", answer);
    JsonNode routeResponses = v2.call("GetRouteResponses", ofRoute);
    v2.call(
        "UpdateRouteResponse",
        Map.of(
            "ApiId",
            api,
            "RouteId",
            route,
            "RouteResponseId",
            routeResponse,
            "ModelSelectionExpression",
            "default"));
    v2.call("DeleteRouteResponse", answer);
    v2.call(
        "DeleteRouteRequestParameter",
        Map.of(
            "ApiId",
            api,
            "RouteId",
            route,
            "RequestParameterKey",
            "route.request.querystring.room"));
    JsonNode routeRead = v2.call("GetRoute", ofRoute);

    String integrationResponse =
        v2.call(
                "CreateIntegrationResponse",
                Map.of(
                    "ApiId",
                    api,
                    "IntegrationId",
                    integration,
                    "IntegrationResponseKey",
                    "$default"))
            .path("IntegrationResponseId")
            .asString();
    Map<String, String> result =
        Map.of(
            "ApiId",
            api,
            "IntegrationId",
            integration,
            "IntegrationResponseId",
            integrationResponse);
    JsonNode integrationResponseRead = v2.call("GetIntegrationResponse", result);
    JsonNode integrationResponses = v2.call("GetIntegrationResponses", ofIntegration);
    JsonNode changed =
        v2.call(
            "UpdateIntegrationResponse",
            Map.of(
                "ApiId",
                api,
                "IntegrationId",
                integration,
                "IntegrationResponseId",
                integrationResponse,
                "IntegrationResponseKey",
                "/200/"));
    v2.call("DeleteIntegrationResponse", result);
    AwsFailure gone = v2.refused("GetIntegrationResponse", result);

    assertThat(routeResponseRead.path("RouteResponseKey").asString()).isEqualTo("$default");
    assertThat(routeResponses.path("Items").size()).isEqualTo(1);
    assertThat(routeRead.path("RequestParameters").isEmpty()).isTrue();
    assertThat(integrationResponseRead.path("IntegrationResponseKey").asString())
        .isEqualTo("$default");
    assertThat(integrationResponses.path("Items").size()).isEqualTo(1);
    assertThat(changed.path("IntegrationResponseKey").asString()).isEqualTo("/200/");
    assertThat(gone.type()).isEqualTo("NotFoundException");
  }
}
