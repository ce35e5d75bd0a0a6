package io.portico.server.websockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.server.config.ConfigException;
import java.net.http.HttpClient;
import java.net.http.WebSocketHandshakeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A gateway that has all the WebSocket connections that it may have can still be reached. */
@Timeout(120)
final class FullGatewayTest {
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  private static int handshake(ChatGateway gateway) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return ChatClient.refusal(client, gateway.uri("ws", ""));
    }
  }

  @ParameterizedTest
  @CsvSource({"20, 3, 3", "20, 0, 18"})
  void handshakesBeyondAreRefusedAndNothingElse(int ofListener, int configured, int most)
      throws Exception {
    try (ChatGateway gateway =
        new ChatGateway(
            Map.of(
                "http.max-connections",
                Integer.toString(ofListener),
                "websocket.max-connections",
                Integer.toString(configured)))) {
      List<ChatClient> clients = new ArrayList<>();
      for (int i = 0; i < most; i++) {
        clients.add(gateway.connect());
      }

      assertThat(handshake(gateway)).isEqualTo(503);
      assertThat(gateway.controlPlane()).isEqualTo(200);
      assertThat(gateway.metrics()).contains("portico_websocket_connections " + most + ".0");

      clients.getFirst().leaves();

      clients.add(awaitConnection(gateway));
      assertThat(handshake(gateway)).isEqualTo(503);
    }
  }

  /** The place of one that has left is free once the gateway has heard of it. */
  private static ChatClient awaitConnection(ChatGateway gateway) throws Exception {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      try {
        return gateway.connect();
      } catch (ExecutionException e) {
        if (System.nanoTime() - deadline > 0) {
          throw e;
        }
      }
    }
  }

  @Test
  void refusedHandshakesTakeNoPlace() throws Exception {
    try (ChatGateway gateway = new ChatGateway(Map.of("websocket.max-connections", "1"))) {
      String refuses =
          gateway.integration(
              """
              {"integrationType": "MOCK", "requestTemplates": {"$default": "{\\"statusCode\\": 403}"}}""");
      gateway.route("$connect", refuses, false);

      for (int i = 0; i < 3; i++) {
        assertThat(handshake(gateway)).isEqualTo(403);
      }
    }
  }

  @Test
  void theyMayNotTakeAllConnectionsOfTheListener() {
    assertThatThrownBy(
            () ->
                new ChatGateway(
                    Map.of("http.max-connections", "20", "websocket.max-connections", "20")))
        .isInstanceOf(ConfigException.class)
        .hasMessage("websocket.max-connections: 20: allowed is less than http.max-connections, 20");
  }

  @Test
  void soManyNewOnesComeASecond() throws Exception {
    try (ChatGateway gateway = new ChatGateway(Map.of("websocket.connection-rate-limit", "1"))) {
      ChatClient first = gateway.connect();
      int status = 101;
      long deadline = System.nanoTime() + PATIENCE_NANOS;
      while (status == 101 && System.nanoTime() - deadline < 0) {
        status = statusOfHandshake(gateway);
      }

      assertThat(status).isEqualTo(429);
      for (int i = 0; i < 10; i++) {
        first.sends("{}");
        assertThat(first.hears()).hasSize(16);
      }
    }
  }

  private static int statusOfHandshake(ChatGateway gateway) throws Exception {
    try {
      gateway.connect().leaves();
      return 101;
    } catch (ExecutionException e) {
      assertThat(e.getCause()).isInstanceOf(WebSocketHandshakeException.class);
      return ((WebSocketHandshakeException) e.getCause()).getResponse().statusCode();
    }
  }
}
