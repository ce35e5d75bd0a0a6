package io.portico.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.AwsService;
import io.portico.conformance.client.JavaSdk;
import io.portico.conformance.client.ServiceClient;
import io.portico.conformance.process.Needed;
import io.portico.conformance.process.Program;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.PorticoProcess;
import io.portico.conformance.wire.Backend;
import io.portico.conformance.wire.Backend.Answer;
import io.portico.conformance.wire.Backend.Request;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A WebSocket API whose clients connect by HTTP/2, as Node.js speaks it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WebSocketsByHttp2Test {
  private static final String FUNCTION =
      "arn:aws:lambda:" + Endpoint.REGION + ":" + Endpoint.ACCOUNT + ":function:echo";
  private static final Pattern TLS_URL = Pattern.compile("https://127\\.0\\.0\\.1:\\d+");
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Backend lambda = Backend.answering(WebSocketsByHttp2Test::function);
  private final PorticoProcess server =
      PorticoProcess.start(
          Map.of("AWS_ENDPOINT_URL_LAMBDA", "http://" + lambda.address()),
          "serve",
          "--ephemeral",
          "--port",
          "0",
          "--tls-port",
          "0");
  private String api = "";

  @TempDir private Path folder;

  /** Lets in whoever has a name, and says to each what he says. */
  private static Answer function(Request request) {
    JsonNode event = JsonMapper.shared().readTree(request.body());
    boolean nobody = event.at("/queryStringParameters/name").asString("").equals("nobody");
    return Answer.ok(
        JsonMapper.shared()
            .createObjectNode()
            .put("statusCode", nobody ? 403 : 200)
            .put("body", event.path("body").asString(""))
            .toString());
  }

  @BeforeAll
  void build() {
    try (JavaSdk sdk = JavaSdk.of(server.endpoint())) {
      ServiceClient v2 = sdk.of(AwsService.API_GATEWAY_V2);
      api =
          v2.call(
                  "CreateApi",
                  Map.of(
                      "Name",
                      "echo",
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
                      "AWS_PROXY",
                      "IntegrationUri",
                      "arn:aws:apigateway:%s:lambda:path/2015-03-31/functions/%s/invocations"
                          .formatted(Endpoint.REGION, FUNCTION)))
              .path("IntegrationId")
              .asString();
      route(v2, integration, "$connect", Map.of());
      String echo =
          route(v2, integration, "echo", Map.of("RouteResponseSelectionExpression", "$default"));
      v2.call(
          "CreateRouteResponse",
          Map.of("ApiId", api, "RouteId", echo, "RouteResponseKey", "$default"));
      v2.call("CreateStage", Map.of("ApiId", api, "StageName", "prod", "AutoDeploy", true));
    }
  }

  private String route(
      ServiceClient v2, String integration, String key, Map<String, String> members) {
    Map<String, Object> input = new HashMap<>(members);
    input.put("ApiId", api);
    input.put("RouteKey", key);
    input.put("Target", "integrations/" + integration);
    return v2.call("CreateRoute", input).path("RouteId").asString();
  }

  @BeforeEach
  void nodeIsThere() {
    Path _ = Needed.program("node");
  }

  @AfterAll
  void close() {
    server.close();
    lambda.close();
  }

  @Test
  void twoClientsTalkOnOneConnection() throws IOException {
    expectTalk(server.endpoint().uri());
  }

  @Test
  void twoClientsTalkOnOneConnectionOverTls() throws IOException {
    Matcher url = TLS_URL.matcher(server.output());
    assertThat(url.find()).as(server.output()).isTrue();

    expectTalk(URI.create(url.group()));
  }

  private void expectTalk(URI origin) throws IOException {
    Path script = folder.resolve("http2.mjs");
    try (InputStream source = getClass().getResourceAsStream("/websocket/http2.mjs")) {
      Files.write(script, Objects.requireNonNull(source).readAllBytes());
    }

    Program.Outcome said =
        Program.run(
            folder,
            Map.of(),
            LIMIT,
            List.of(
                "node",
                script.toString(),
                origin.toString(),
                server.endpoint().pathForm(api, "prod", "").getPath()));

    assertThat(said.succeeded()).as(said.toString()).isTrue();
    assertThat(said.out().lines())
        .containsExactly(
            "announced true",
            "refused 403",
            "connected 200 200",
            "heard {\"action\":\"echo\",\"text\":\"other\"}",
            "heard {\"action\":\"echo\",\"text\":\"one\"}",
            "closed 8 1000",
            "closed 8 1000");
  }
}
