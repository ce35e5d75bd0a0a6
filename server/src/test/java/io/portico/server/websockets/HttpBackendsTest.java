package io.portico.server.websockets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Integrations HTTP and HTTP_PROXY of a WebSocket API, before a backend that is one. */
@Timeout(120)
final class HttpBackendsTest {
  private HttpServer backend;

  @BeforeEach
  void start() throws IOException {
    backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    backend.createContext("/tells", exchange -> answer(exchange, 200));
    backend.createContext("/refuses", exchange -> answer(exchange, 409));
    backend.start();
  }

  @AfterEach
  void stop() {
    backend.stop(0);
  }

  /** What it was asked, and which connection it was told of. */
  private static void answer(HttpExchange exchange, int status) throws IOException {
    try (exchange) {
      String said =
          String.join(
              "|",
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              String.valueOf(exchange.getRequestHeaders().getFirst("connection-id")),
              new String(exchange.getRequestBody().readAllBytes(), UTF_8));
      byte[] answer = said.getBytes(UTF_8);
      exchange.sendResponseHeaders(status, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private String uri(String path) {
    return "http://127.0.0.1:" + backend.getAddress().getPort() + path;
  }

  @Test
  void aProxyPassesMessagesThereAndAnswersBack() throws Exception {
    try (ChatGateway gateway = new ChatGateway(Map.of())) {
      String proxy =
          gateway.integration(
              """
              {"integrationType": "HTTP_PROXY", "integrationMethod": "PUT", "integrationUri": "%s",
               "requestParameters": {"integration.request.header.connection-id": "context.connectionId"}}"""
                  .formatted(uri("/tells?x=1")));
      gateway.route("send", proxy, true);
      ChatClient client = gateway.connect();
      client.sends("{}");
      String id = client.hears();

      client.sends("{\"action\": \"send\", \"text\": \"é\"}");

      assertThat(client.hears())
          .isEqualTo("PUT|/tells?x=1|" + id + "|{\"action\": \"send\", \"text\": \"é\"}");
    }
  }

  @Test
  void anotherMapsThemBothWays() throws Exception {
    try (ChatGateway gateway = new ChatGateway(Map.of())) {
      String mapped =
          gateway.integration(
              """
              {"integrationType": "HTTP", "integrationMethod": "POST", "integrationUri": "%s",
               "templateSelectionExpression": "$request.body.kind",
               "requestTemplates": {"loud": "{\\"said\\": $input.json('$.text')}", "$default": "nothing"}}"""
                  .formatted(uri("/tells")));
      gateway.integrationResponse(
          mapped,
          """
          {"integrationResponseKey": "/2\\\\d\\\\d/",
           "responseTemplates": {"$default": "<$input.body>"}}""");
      gateway.route("send", mapped, true);
      ChatClient client = gateway.connect();

      client.sends("{\"action\": \"send\", \"kind\": \"loud\", \"text\": \"hello\"}");
      assertThat(client.hears()).isEqualTo("<POST|/tells|null|{\"said\": \"hello\"}>");

      client.sends("{\"action\": \"send\"}");
      assertThat(client.hears()).isEqualTo("<POST|/tells|null|nothing>");
    }
  }

  @Test
  void aBackendDecidesWhoConnects() throws Exception {
    try (ChatGateway gateway = new ChatGateway(Map.of());
        HttpClient client = HttpClient.newHttpClient()) {
      String refuses =
          gateway.integration(
              """
              {"integrationType": "HTTP_PROXY", "integrationMethod": "POST", "integrationUri": "%s"}"""
                  .formatted(uri("/refuses")));
      gateway.route("$connect", refuses, false);

      assertThat(ChatClient.refusal(client, gateway.uri("ws", ""))).isEqualTo(409);
    }
  }

  @Test
  void aBackendThatIsNotThereIsToldOfOnTheConnection() throws Exception {
    try (ChatGateway gateway = new ChatGateway(Map.of())) {
      String gone =
          gateway.integration(
              """
              {"integrationType": "HTTP_PROXY", "integrationMethod": "POST", "integrationUri": "%s"}"""
                  .formatted(uri("/tells")));
      gateway.route("send", gone, true);
      ChatClient client = gateway.connect();
      backend.stop(0);

      client.sends("{\"action\": \"send\"}");
      assertThat(client.hears())
          .startsWith("{\"message\": \"Network error communicating with endpoint\", ");

      client.sends("{}");
      assertThat(client.hears()).hasSize(16);
    }
  }
}
