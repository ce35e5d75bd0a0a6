package io.portico.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.AwsClient;
import io.portico.conformance.client.AwsFailure;
import io.portico.conformance.client.AwsService;
import io.portico.conformance.client.EveryClient;
import io.portico.conformance.client.ServiceClient;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import io.portico.conformance.wire.Backend;
import io.portico.conformance.wire.Backend.Answer;
import io.portico.conformance.wire.Caller;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** HTTP APIs of API Gateway v2, from the first call to the last, and requests to them. */
@Portico
final class HttpApisTest {
  private static final String STAGE = "$default";
  private static final String FUNCTION =
      "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
          + "arn:aws:lambda:us-east-1:000000000000:function:judge/invocations";
  private static final String LOG_GROUP = "arn:aws:logs:us-east-1:000000000000:log-group:http-apis";

  /** An HTTP API and the client that has made it. */
  private record Api(ServiceClient v2, String id) {

    static Api make(AwsClient client, String name) {
      ServiceClient v2 = client.of(AwsService.API_GATEWAY_V2);
      return new Api(
          v2,
          v2.call("CreateApi", Map.of("Name", name, "ProtocolType", "HTTP"))
              .path("ApiId")
              .asString());
    }

    JsonNode call(String operation, Map<String, ?> input) {
      return v2.call(operation, of(input));
    }

    AwsFailure refused(String operation, Map<String, ?> input) {
      return v2.refused(operation, of(input));
    }

    private Map<String, Object> of(Map<String, ?> input) {
      Map<String, Object> named = new HashMap<>(input);
      named.put("ApiId", id);
      return named;
    }

    String integration(String address) {
      return call(
              "CreateIntegration",
              Map.of(
                  "IntegrationType",
                  "HTTP_PROXY",
                  "IntegrationMethod",
                  "GET",
                  "IntegrationUri",
                  "http://" + address + "/behind",
                  "PayloadFormatVersion",
                  "1.0"))
          .path("IntegrationId")
          .asString();
    }

    String route(String key, String integration) {
      return call("CreateRoute", Map.of("RouteKey", key, "Target", "integrations/" + integration))
          .path("RouteId")
          .asString();
    }

    HttpResponse<String> get(Endpoint endpoint, String path) {
      return Caller.get(endpoint.uri().resolve(path), endpoint.host(id));
    }
  }

  private static Stream<String> items(JsonNode list, String member) {
    return list.path("Items").valueStream().map(each -> each.path(member).asString());
  }

  @EveryClient
  void changesAreDeployedByThemselves(AwsClient client, Endpoint endpoint) {
    try (Backend backend = Backend.answering(request -> Answer.ok("{\"pets\": []}"))) {
      Api api = Api.make(client, "pets");
      String behind = api.integration(backend.address());
      Map<String, String> integration = Map.of("IntegrationId", behind);
      String first = api.route("GET /pets", behind);

      JsonNode stage = api.call("CreateStage", Map.of("StageName", STAGE, "AutoDeploy", true));
      HttpResponse<String> pets = api.get(endpoint, "/pets");
      int before = api.get(endpoint, "/toys").statusCode();
      api.call("UpdateRoute", Map.of("RouteId", first, "RouteKey", "GET /toys"));
      HttpResponse<String> toys = api.get(endpoint, "/toys");
      AwsFailure used = api.refused("DeleteIntegration", integration);
      JsonNode route = api.call("GetRoute", Map.of("RouteId", first));
      JsonNode routes = api.call("GetRoutes", Map.of());
      JsonNode changed =
          api.call("UpdateIntegration", Map.of("IntegrationId", behind, "TimeoutInMillis", 1_000));
      JsonNode read = api.call("GetIntegration", integration);
      JsonNode integrations = api.call("GetIntegrations", Map.of("MaxResults", "10"));
      JsonNode deployments = api.call("GetDeployments", Map.of());
      api.call("DeleteRoute", Map.of("RouteId", first));
      api.call("DeleteIntegration", integration);
      api.call("DeleteApi", Map.of());
      AwsFailure gone = api.refused("GetApi", Map.of());

      assertThat(stage.path("AutoDeploy").asBoolean()).isTrue();
      assertThat(pets.body()).isEqualTo("{\"pets\": []}");
      assertThat(before).isEqualTo(404);
      assertThat(toys.body()).isEqualTo("{\"pets\": []}");
      assertThat(used.type()).isEqualTo("ConflictException");
      assertThat(route.path("RouteKey").asString()).isEqualTo("GET /toys");
      assertThat(items(routes, "RouteId")).containsExactly(first);
      assertThat(changed.path("TimeoutInMillis").asInt()).isEqualTo(1_000);
      assertThat(read.path("IntegrationUri").asString()).endsWith("/behind");
      assertThat(items(integrations, "IntegrationId")).containsExactly(behind);
      assertThat(deployments.path("Items")).hasSize(3);
      assertThat(gone.type()).isEqualTo("NotFoundException");
      assertThat(gone.text())
          .isEqualTo("Invalid API identifier specified 000000000000:" + api.id());
    }
  }

  @EveryClient
  void aStageServesWhatWasDeployed(AwsClient client, Endpoint endpoint) {
    try (Backend backend = Backend.answering(request -> Answer.ok("[1]"))) {
      Api api = Api.make(client, "staged");
      api.route("GET /pets", api.integration(backend.address()));
      String made =
          api.call("CreateDeployment", Map.of("Description", "first"))
              .path("DeploymentId")
              .asString();
      Map<String, String> deployment = Map.of("DeploymentId", made);
      Map<String, String> stage = Map.of("StageName", "prod");
      Map<String, Object> settings =
          Map.of("GET /pets", Map.of("ThrottlingBurstLimit", 5, "ThrottlingRateLimit", 2.5));

      api.call(
          "CreateStage",
          Map.of(
              "StageName",
              "prod",
              "DeploymentId",
              made,
              "RouteSettings",
              settings,
              "StageVariables",
              Map.of("color", "blue"),
              "AccessLogSettings",
              Map.of("DestinationArn", LOG_GROUP, "Format", "$context.requestId")));
      String served = api.get(endpoint, "/prod/pets").body();
      AwsFailure active = api.refused("DeleteDeployment", deployment);
      api.call("UpdateDeployment", Map.of("DeploymentId", made, "Description", "again"));
      JsonNode renamed = api.call("GetDeployment", deployment);
      api.call(
          "UpdateStage", Map.of("StageName", "prod", "StageVariables", Map.of("color", "green")));
      api.call("DeleteAccessLogSettings", stage);
      api.call("DeleteRouteSettings", Map.of("StageName", "prod", "RouteKey", "GET /pets"));
      api.call("ResetAuthorizersCache", stage);
      JsonNode read = api.call("GetStage", stage);
      JsonNode stages = api.call("GetStages", Map.of());
      api.call("DeleteStage", stage);
      api.call("DeleteDeployment", deployment);

      assertThat(served).isEqualTo("[1]");
      assertThat(active.type()).isEqualTo("BadRequestException");
      assertThat(active.text())
          .isEqualTo("Active stages pointing to this deployment must be moved or deleted");
      assertThat(renamed.path("Description").asString()).isEqualTo("again");
      assertThat(renamed.path("DeploymentStatus").asString()).isEqualTo("DEPLOYED");
      assertThat(read.at("/StageVariables/color").asString()).isEqualTo("green");
      assertThat(read.path("AccessLogSettings").isEmpty()).isTrue();
      assertThat(read.path("RouteSettings").size()).isZero();
      assertThat(items(stages, "StageName")).containsExactly("prod");
    }
  }

  @EveryClient
  void anApiIsReadListedAndChanged(AwsClient client) {
    ServiceClient v2 = client.of(AwsService.API_GATEWAY_V2);
    JsonNode made =
        v2.call(
            "CreateApi",
            Map.of(
                "Name",
                "quick",
                "ProtocolType",
                "HTTP",
                "Target",
                "https://backend.test",
                "CorsConfiguration",
                Map.of("AllowOrigins", List.of("https://a.test"), "MaxAge", 5),
                "Tags",
                Map.of("team", "blue")));
    Api api = new Api(v2, made.path("ApiId").asString());

    JsonNode changed = api.call("UpdateApi", Map.of("Name", "quicker", "Version", "2"));
    JsonNode route = api.call("GetRoutes", Map.of()).at("/Items/0");
    api.call("DeleteCorsConfiguration", Map.of());
    JsonNode read = api.call("GetApi", Map.of());
    JsonNode listed = v2.call("GetApis", Map.of("MaxResults", "500"));

    assertThat(made.at("/CorsConfiguration/MaxAge").asInt()).isEqualTo(5);
    assertThat(made.path("RouteSelectionExpression").asString())
        .isEqualTo("$request.method $request.path");
    assertThat(changed.path("Name").asString()).isEqualTo("quicker");
    assertThat(route.path("RouteKey").asString()).isEqualTo(STAGE);
    assertThat(route.path("ApiGatewayManaged").asBoolean()).isTrue();
    assertThat(read.path("CorsConfiguration").isEmpty()).isTrue();
    assertThat(read.at("/Tags/team").asString()).isEqualTo("blue");
    assertThat(items(listed, "ApiId")).contains(api.id());
  }

  @EveryClient
  void authorizersGuardRoutes(AwsClient client) {
    Api api = Api.make(client, "guarded");
    JsonNode jwt =
        api.call(
            "CreateAuthorizer",
            Map.of(
                "Name",
                "people",
                "AuthorizerType",
                "JWT",
                "IdentitySource",
                List.of("$request.header.Authorization"),
                "JwtConfiguration",
                Map.of("Audience", List.of("app"), "Issuer", "https://issuer.test")));
    String jwtId = jwt.path("AuthorizerId").asString();
    Map<String, String> people = Map.of("AuthorizerId", jwtId);
    JsonNode function =
        api.call(
            "CreateAuthorizer",
            Map.of(
                "Name",
                "judge",
                "AuthorizerType",
                "REQUEST",
                "AuthorizerUri",
                FUNCTION,
                "AuthorizerPayloadFormatVersion",
                "2.0",
                "EnableSimpleResponses",
                true,
                "IdentitySource",
                List.of("$request.header.Token")));
    JsonNode route =
        api.call(
            "CreateRoute",
            Map.of(
                "RouteKey",
                "GET /pets",
                "AuthorizationType",
                "JWT",
                "AuthorizerId",
                jwtId,
                "AuthorizationScopes",
                List.of("read")));

    AwsFailure used = api.refused("DeleteAuthorizer", people);
    JsonNode changed =
        api.call(
            "UpdateAuthorizer",
            Map.of(
                "AuthorizerId",
                function.path("AuthorizerId").asString(),
                "AuthorizerResultTtlInSeconds",
                60));
    JsonNode read = api.call("GetAuthorizer", people);
    JsonNode listed = api.call("GetAuthorizers", Map.of());
    api.call("DeleteRoute", Map.of("RouteId", route.path("RouteId").asString()));
    api.call("DeleteAuthorizer", people);

    assertThat(used.type()).isEqualTo("ConflictException");
    assertThat(function.has("AuthorizerResultTtlInSeconds")).isFalse();
    assertThat(changed.path("AuthorizerResultTtlInSeconds").asInt()).isEqualTo(60);
    assertThat(route.at("/AuthorizationScopes/0").asString()).isEqualTo("read");
    assertThat(read.at("/JwtConfiguration/Audience/0").asString()).isEqualTo("app");
    assertThat(items(listed, "Name")).containsExactlyInAnyOrder("people", "judge");
  }
}
