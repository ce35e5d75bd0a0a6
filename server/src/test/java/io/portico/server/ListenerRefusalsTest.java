package io.portico.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import io.portico.server.config.ConfigLoader;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/**
 * What is refused before it is a call of an API, counted and explained by a gateway that listens.
 */
@Timeout(120)
final class ListenerRefusalsTest {
  private static Gateway start(String... settings) {
    Map<String, String> all = new HashMap<>(Map.of("ephemeral", "true", "port", "0"));
    for (int i = 0; i < settings.length; i += 2) {
      all.put(settings[i], settings[i + 1]);
    }
    return GatewayAssembly.start(new ConfigLoader().load(null, Map.of(), all).config());
  }

  /** Sends bytes as they are; what is answered until the connection ends. */
  private static String sent(Gateway gateway, String bytes) throws IOException {
    URI url = URI.create(gateway.url());
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private static String get(Gateway gateway, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create(gateway.url() + path)).build(),
              BodyHandlers.ofString())
          .body();
    }
  }

  private static JsonNode explained(Gateway gateway, String which) throws Exception {
    return Json.parse(get(gateway, "/_portico/explain" + which));
  }

  @Test
  void aHeadThatCannotBeReadIsCountedAndExplained() throws Exception {
    try (Gateway gateway = start()) {
      String answer =
          sent(
              gateway,
              "GET /pets?token=a-token-of-somebody HTTP/1.1\r\nHost: a\r\nX-A: "
                  + "x".repeat(33_000)
                  + "\r\n\r\n");
      JsonNode last = explained(gateway, "/last-refusal");
      String id = last.path("requestId").asString();

      assertThat(answer)
          .startsWith("HTTP/1.1 431 ")
          .doesNotContainIgnoringCase("x-amzn")
          .doesNotContain(id);
      assertThat(last.path("summary").asString())
          .isEqualTo(
              "431 Request Header Fields Too Large: the client has sent header fields of more than"
                  + " 32768 bytes");
      assertThat(last.at("/reason/check").asString()).isEqualTo("listener");
      assertThat(last.at("/reason/cause").asString()).isEqualTo("UNREADABLE");
      assertThat(Json.text(last)).doesNotContain("a-token-of-somebody");
      assertThat(explained(gateway, "/" + id)).isEqualTo(last);
      assertThat(explained(gateway, "").path("requests").path(0).path("requestId").asString())
          .isEqualTo(id);
      assertThat(get(gateway, "/_portico/metrics"))
          .contains("portico_refused_requests_total{cause=\"UNREADABLE\",status=\"431\"} 1.0");
    }
  }

  @Test
  void whatTheFrontDoorRefusesIsCountedThoughNothingIsExplained() throws Exception {
    try (Gateway gateway = start("explain.enabled", "false")) {
      for (int i = 0; i < 2; i++) {
        assertThat(get(gateway, "/_aws/execute-api/abc1234567/prod/pets")).contains("Forbidden");
      }
      assertThat(sent(gateway, "nonsense\r\n\r\n")).startsWith("HTTP/1.1 400 ");

      assertThat(get(gateway, "/_portico/metrics"))
          .contains(
              "portico_refused_requests_total{cause=\"UNKNOWN_API\",status=\"403\"} 2.0",
              "portico_refused_requests_total{cause=\"UNREADABLE\",status=\"400\"} 1.0");
    }
  }

  @Test
  void refusalsOfAListenerAreExplainedNoMoreOftenThanOthers() throws Exception {
    try (Gateway gateway = start("explain.refusal-rate", "0")) {
      assertThat(sent(gateway, "nonsense\r\n\r\n")).startsWith("HTTP/1.1 400 ");

      assertThat(explained(gateway, "").path("requests")).isEmpty();
      assertThat(get(gateway, "/_portico/metrics"))
          .contains("portico_refused_requests_total{cause=\"UNREADABLE\",status=\"400\"} 1.0");
    }
  }
}
