package io.portico.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import io.portico.server.config.ConfigLoader;
import io.portico.server.config.GatewayConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The key {@code http2.to-backends}; the backend is an API of the same gateway. */
final class Http2ToBackendsTest {
  private static final String BACKEND =
      """
      openapi: 3.0.1
      info: {title: backend, version: "1"}
      paths:
        /protocol:
          get:
            responses: {"200": {description: ok}}
            x-amazon-apigateway-integration:
              type: mock
              requestTemplates: {application/json: '{"statusCode": 200}'}
              responses:
                default:
                  statusCode: "200"
                  responseTemplates: {application/json: $context.protocol}
      """;

  /** An API that calls another one of the gateway on {@code port}. */
  private static String proxy(int port, String backend) {
    return """
    openapi: 3.0.1
    info: {title: proxy, version: "1"}
    paths:
      /call:
        get:
          responses: {"200": {description: ok}}
          x-amazon-apigateway-integration:
            type: http_proxy
            httpMethod: GET
            uri: https://localhost:%d/_aws/execute-api/%s/prod/protocol
            tlsConfig: {insecureSkipVerification: true}
    """
        .formatted(port, backend);
  }

  private static GatewayConfig config(Map<String, String> environment) {
    return new ConfigLoader()
        .load(null, environment, Map.of("port", "0", "tls-port", "0", "ephemeral", "true"))
        .config();
  }

  @Test
  void backendsAreSpokenToByHttp11UnlessTheKeySaysOtherwise() throws Exception {
    assertThat(protocol(Map.of())).isEqualTo("HTTP/1.1");
    assertThat(protocol(Map.of("PORTICO_HTTP2_TO_BACKENDS", "true"))).isEqualTo("HTTP/2.0");
  }

  /** What the backend is spoken to by. */
  private static String protocol(Map<String, String> environment) throws Exception {
    try (Gateway gateway = GatewayAssembly.start(config(environment));
        HttpClient client = HttpClient.newHttpClient()) {
      int port = URI.create(Objects.requireNonNull(gateway.tlsUrl())).getPort();
      String proxy = deployed(gateway, proxy(port, deployed(gateway, BACKEND)));
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create(gateway.url() + "/_aws/execute-api/" + proxy + "/prod/call"))
              .build();
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  private static String deployed(Gateway gateway, String definition) {
    JsonNode api =
        gateway.call("ImportRestApi", Json.object().put("body", definition.getBytes(UTF_8)));
    String id = api.path("id").asString();
    JsonNode _ =
        gateway.call(
            "CreateDeployment", Json.object().put("restApiId", id).put("stageName", "prod"));
    return id;
  }
}
