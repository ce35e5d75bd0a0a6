package io.portico.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.AwsFailure;
import io.portico.conformance.client.AwsService;
import io.portico.conformance.client.JavaSdk;
import io.portico.conformance.client.ServiceClient;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An HTTP API that was made call by call goes out as a document, in each of the forms there are.
 */
@Portico
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HttpApiExportTest {
  private static final String ROUTE = "/paths/~1pets~1{petId}/get";

  private JavaSdk sdk;
  private ServiceClient v2;
  private String api = "";

  @BeforeAll
  void build(Endpoint endpoint) {
    sdk = JavaSdk.of(endpoint);
    v2 = sdk.of(AwsService.API_GATEWAY_V2);
    api =
        v2.call(
                "CreateApi",
                Map.of(
                    "Name",
                    "pets",
                    "ProtocolType",
                    "HTTP",
                    "CorsConfiguration",
                    Map.of("AllowOrigins", List.of("https://a.test"))))
            .path("ApiId")
            .asString();
    String authorizer =
        created(
            "Authorizer",
            Map.of(
                "AuthorizerType",
                "JWT",
                "Name",
                "people",
                "IdentitySource",
                List.of("$request.header.Authorization"),
                "JwtConfiguration",
                Map.of("Issuer", "https://issuer.test", "Audience", List.of("app"))));
    String integration =
        created(
            "Integration",
            Map.of(
                "IntegrationType",
                "HTTP_PROXY",
                "IntegrationMethod",
                "GET",
                "IntegrationUri",
                "https://backend.test/{petId}",
                "PayloadFormatVersion",
                "1.0",
                "RequestParameters",
                Map.of("append:header.a", "$request.path.petId"),
                "ResponseParameters",
                Map.of("200", Map.of("overwrite:header.b", "c"))));
    String _ =
        created(
            "Route",
            Map.of(
                "RouteKey",
                "GET /pets/{petId}",
                "Target",
                "integrations/" + integration,
                "AuthorizationType",
                "JWT",
                "AuthorizerId",
                authorizer,
                "AuthorizationScopes",
                List.of("read")));
    String _ = created("Deployment", Map.of());
    JsonNode deployments = v2.call("GetDeployments", Map.of("ApiId", api));
    JsonNode _ =
        v2.call(
            "CreateStage",
            Map.of(
                "ApiId",
                api,
                "StageName",
                "prod",
                "DeploymentId",
                deployments.at("/Items/0/DeploymentId").asString()));
    String _ =
        created("Route", Map.of("RouteKey", "GET /later", "Target", "integrations/" + integration));
  }

  private String created(String what, Map<String, ?> members) {
    Map<String, Object> input = new HashMap<>(members);
    input.put("ApiId", api);
    return v2.call("Create" + what, input).path(what + "Id").asString();
  }

  @AfterAll
  void end() {
    sdk.close();
  }

  private static Map<String, Object> asked(String id, String type, Map<String, ?> more) {
    Map<String, Object> input = new HashMap<>(more);
    input.put("ApiId", id);
    input.put("Specification", "OAS30");
    input.put("OutputType", type);
    return input;
  }

  private String text(String type, Map<String, ?> more) {
    return v2.call("ExportApi", asked(api, type, more)).path("body").asString();
  }

  private JsonNode json(Map<String, ?> more) {
    return JsonMapper.shared().readTree(text("JSON", more));
  }

  @Test
  void itHasAuthorizersMappingsAndCors() {
    JsonNode document = json(Map.of());

    assertThat(document.at(ROUTE + "/security/0/people/0").asString()).isEqualTo("read");
    JsonNode integration = document.at(ROUTE + "/x-amazon-apigateway-integration");
    assertThat(integration.path("requestParameters").path("append:header.a").asString())
        .isEqualTo("$request.path.petId");
    assertThat(integration.at("/responseParameters/200/overwrite:header.b").asString())
        .isEqualTo("c");
    assertThat(
            document
                .at("/components/securitySchemes/people/x-amazon-apigateway-authorizer")
                .at("/jwtConfiguration/issuer")
                .asString())
        .isEqualTo("https://issuer.test");
    assertThat(document.at("/x-amazon-apigateway-cors/allowOrigins/0").asString())
        .isEqualTo("https://a.test");
    assertThat(document.path("paths").propertyNames()).contains("/later");
  }

  @Test
  void itMayBeYaml() {
    assertThat(text("YAML", Map.of()))
        .startsWith("openapi: \"3.0.1\"\n")
        .contains("\n  /pets/{petId}:\n    get:\n")
        .contains("issuer: \"https://issuer.test\"\n");
  }

  @Test
  void withoutExtensionsThereAreNone() {
    JsonNode document = json(Map.of("IncludeExtensions", false));

    assertThat(document.toString()).doesNotContain("x-amazon-apigateway");
    assertThat(document.at(ROUTE + "/security/0/people/0").asString()).isEqualTo("read");
  }

  @Test
  void ofAStageItIsWhatIsDeployed() {
    JsonNode document = json(Map.of("StageName", "prod"));

    assertThat(document.path("paths").propertyNames()).containsExactly("/pets/{petId}");
    assertThat(document.at("/servers/0/variables/basePath/default").asString()).isEqualTo("prod");
  }

  @Test
  void whatIsExportedCanBeImported() {
    String exported = text("YAML", Map.of("StageName", "prod"));

    JsonNode imported = v2.call("ImportApi", Map.of("Body", exported, "FailOnWarnings", true));

    JsonNode routes = v2.call("GetRoutes", Map.of("ApiId", imported.path("ApiId").asString()));
    assertThat(routes.at("/Items/0/RouteKey").asString()).isEqualTo("GET /pets/{petId}");
    assertThat(routes.at("/Items/0/AuthorizationScopes/0").asString()).isEqualTo("read");
  }

  @Test
  void aWebSocketApiIsNotExported() {
    String chat =
        v2.call(
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

    AwsFailure refused = v2.refused("ExportApi", asked(chat, "JSON", Map.of()));

    assertThat(refused.type()).isEqualTo("BadRequestException");
    assertThat(refused.text()).isEqualTo("ExportApi is not supported for WebSocket APIs.");
  }
}
