package io.portico.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.json.Json;
import io.portico.server.config.ConfigException;
import io.portico.server.config.ConfigLoader;
import io.portico.server.config.GatewayConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A gateway that listens where the environment of AWS's clients says that AWS is. */
final class OwnEndpointsOfAwsTest {
  /** What it calls is the control plane of API Gateway, at whatever endpoint AWS is found. */
  private static final String DEFINITION =
      """
      openapi: 3.0.1
      info: {title: Loop, version: "1"}
      paths:
        /apis:
          get:
            responses: {"200": {description: all of them}}
            x-amazon-apigateway-integration:
              type: aws
              httpMethod: GET
              uri: arn:aws:apigateway:us-east-1:apigateway:path/restapis
              credentials: arn:aws:iam::000000000000:role/any
              responses: {default: {statusCode: "200"}}
      """;

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1", "0.0.0.0", "[::1]"})
  void aClientOfAnApiDoesNotReachTheControlPlane(String name)
      throws IOException, InterruptedException {
    int port = freePort();
    Map<String, String> environment = Map.of("AWS_ENDPOINT_URL", "http://" + name + ":" + port);

    try (Gateway gateway = GatewayAssembly.start(config(port, Map.of()), environment)) {
      HttpResponse<String> answer = call(gateway, deployed(gateway));

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(500);
      assertThat(answer.body()).isEqualTo("{\"message\": \"Internal server error\"}");
    }
  }

  /** Another gateway is as good as any other server; so what the test above calls does answer. */
  @Test
  void anotherServerIsReachedByTheSameVariable() throws IOException, InterruptedException {
    try (Gateway other = GatewayAssembly.start(config(0, Map.of()), Map.of());
        Gateway gateway =
            GatewayAssembly.start(config(0, Map.of()), Map.of("AWS_ENDPOINT_URL", other.url()))) {
      HttpResponse<String> answer = call(gateway, deployed(gateway));

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.body()).contains("\"item\"");
    }
  }

  @Test
  void aKeyThatNamesThePortListenedOnStopsTheStart() throws IOException {
    int port = freePort();
    GatewayConfig config = config(port, Map.of("aws.endpoint", "http://localhost:" + port));

    assertThatThrownBy(() -> GatewayAssembly.start(config, Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("Portico itself listens there");
  }

  private static HttpResponse<String> call(Gateway gateway, String api)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create(gateway.url() + "/_aws/execute-api/" + api + "/dev/apis");
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
  }

  private static String deployed(Gateway gateway) {
    ObjectNode definition = Json.object().put("body", DEFINITION.getBytes(StandardCharsets.UTF_8));
    String api = gateway.call("ImportRestApi", definition).path("id").asString();
    JsonNode _ =
        gateway.call(
            "CreateDeployment", Json.object().put("restApiId", api).put("stageName", "dev"));
    return api;
  }

  private static GatewayConfig config(int port, Map<String, String> keys) {
    Map<String, String> flags = new HashMap<>(keys);
    flags.put("port", String.valueOf(port));
    flags.put("ephemeral", "true");
    return new ConfigLoader().load(null, Map.of(), flags).config();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
