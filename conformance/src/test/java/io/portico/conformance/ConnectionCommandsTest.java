package io.portico.conformance;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.AwsClient;
import io.portico.conformance.client.AwsFailure;
import io.portico.conformance.client.AwsService;
import io.portico.conformance.client.EveryClient;
import io.portico.conformance.client.JavaSdk;
import io.portico.conformance.client.ServiceClient;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import io.portico.conformance.wire.WebSocketClient;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import tools.jackson.databind.JsonNode;

/** The management API of WebSocket APIs: backends reach clients on their connections. */
@Portico
final class ConnectionCommandsTest {
  private static final String STAGE = "prod";

  /** AWS: bytes of a message; source: documented, the quotas of WebSocket APIs. */
  private static final int MOST = 128 * 1024;

  @EveryClient
  void aClientIsToldReadAndSentAway(AwsClient client, Endpoint endpoint) {
    ServiceClient commands = client.of(AwsService.API_GATEWAY_MANAGEMENT);
    String api = echoingItsId(client.of(AwsService.API_GATEWAY_V2));
    try (WebSocketClient browser = WebSocketClient.connect(address(endpoint, api))) {
      browser.send("who am I?");
      String id = browser.received();
      Map<String, String> connection = Map.of("ConnectionId", id);

      commands.call("PostToConnection", Map.of("ConnectionId", id, "Data", "hello, \u00e9"));
      String told = browser.received();
      JsonNode read = commands.call("GetConnection", connection);
      AwsFailure tooLarge =
          commands.refused(
              "PostToConnection", Map.of("ConnectionId", id, "Data", "x".repeat(MOST + 1)));
      commands.call("DeleteConnection", connection);
      int closed = browser.closeCode();
      AwsFailure gone = commands.refused("GetConnection", connection);
      AwsFailure goneForPosts =
          commands.refused("PostToConnection", Map.of("ConnectionId", id, "Data", "x"));

      assertThat(told).isEqualTo("hello, \u00e9");
      assertThat(read.at("/Identity/SourceIp").asString()).isEqualTo("127.0.0.1");
      assertThat(read.path("ConnectedAt").asString()).isNotEmpty();
      assertThat(read.path("LastActiveAt").asString()).isNotEmpty();
      assertThat(tooLarge.type()).isEqualTo("PayloadTooLargeException");
      assertThat(closed).isEqualTo(1000);
      assertThat(gone.type()).isEqualTo("GoneException");
      assertThat(goneForPosts.type()).isEqualTo("GoneException");
    }
  }

  /** By the URL of a stage, which is where AWS has backends send commands to. */
  @Test
  void commandsGoToTheStagesOwnAddress(Endpoint endpoint) {
    try (JavaSdk sdk = JavaSdk.of(endpoint)) {
      commandsGoTo(endpoint, echoingItsId(sdk.of(AwsService.API_GATEWAY_V2)));
    }
  }

  private static void commandsGoTo(Endpoint endpoint, String api) {
    try (WebSocketClient browser = WebSocketClient.connect(address(endpoint, api));
        ApiGatewayManagementApiClient commands =
            ApiGatewayManagementApiClient.builder()
                .endpointOverride(endpoint.pathForm(api, STAGE, ""))
                .region(Region.of(Endpoint.REGION))
                .credentialsProvider(
                    StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(Endpoint.ACCESS_KEY, Endpoint.ACCESS_KEY)))
                .build()) {
      browser.send("who am I?");
      String id = browser.received();

      commands.postToConnection(
          post -> post.connectionId(id).data(SdkBytes.fromUtf8String("by the stage")));

      assertThat(browser.received()).isEqualTo("by the stage");
    }
  }

  private static URI address(Endpoint endpoint, String api) {
    return URI.create("ws" + endpoint.pathForm(api, STAGE, "").toString().substring(4));
  }

  /** A WebSocket API whose clients are answered with the ids of their connections. */
  private static String echoingItsId(ServiceClient v2) {
    String api =
        v2.call(
                "CreateApi",
                Map.of(
                    "Name",
                    "commands",
                    "ProtocolType",
                    "WEBSOCKET",
                    "RouteSelectionExpression",
                    "$request.body.action"))
            .path("ApiId")
            .asString();
    String integration =
        v2.call(
                "CreateIntegration",
                Map.of(
                    "ApiId",
                    api,
                    "IntegrationType",
                    "MOCK",
                    "TemplateSelectionExpression",
                    "\\$default",
                    "RequestTemplates",
                    Map.of("$default", "{\"statusCode\": 200}")))
            .path("IntegrationId")
            .asString();
    v2.call(
        "CreateIntegrationResponse",
        Map.ofEntries(
            entry("ApiId", api),
            entry("IntegrationId", integration),
            entry("IntegrationResponseKey", "$default"),
            entry("TemplateSelectionExpression", "\\$default"),
            entry("ResponseTemplates", Map.of("$default", "$context.connectionId"))));
    String route =
        v2.call(
                "CreateRoute",
                Map.of(
                    "ApiId",
                    api,
                    "RouteKey",
                    "$default",
                    "RouteResponseSelectionExpression",
                    "$default",
                    "Target",
                    "integrations/" + integration))
            .path("RouteId")
            .asString();
    v2.call(
        "CreateRouteResponse",
        Map.of("ApiId", api, "RouteId", route, "RouteResponseKey", "$default"));
    v2.call("CreateStage", Map.of("ApiId", api, "StageName", STAGE, "AutoDeploy", true));
    return api;
  }
}
