package io.portico.transport.websocketapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code @connections}: backends reach clients. */
final class ConnectionCommandsTest {
  private static final String[] ROUTES = {"route $connect", "", "route $disconnect", ""};

  private static ObjectNode fine(ObjectNode event) {
    return ChatPlane.answer(200, "");
  }

  private static String connectionId(ObjectNode event) {
    return event.at("/requestContext/connectionId").asString();
  }

  @Test
  void postReachesTheClient() throws Exception {
    try (ChatPlane plane = new ChatPlane(ConnectionCommandsTest::fine, ROUTES)) {
      ChatClient client = plane.connect();
      String id = connectionId(plane.event());

      assertThat(plane.command("POST", id, "hello ☃").statusCode()).isEqualTo(200);

      assertThat(client.hears()).isEqualTo("hello ☃");
    }
  }

  @Test
  void theEncodedFormOfClientsIsTheSame() throws Exception {
    try (ChatPlane plane = new ChatPlane(ConnectionCommandsTest::fine, ROUTES)) {
      ChatClient client = plane.connect();
      String id = connectionId(plane.event()).replace("=", "%3D");

      assertThat(plane.command("POST", id, "hello").statusCode()).isEqualTo(200);

      assertThat(client.hears()).isEqualTo("hello");
    }
  }

  @Test
  void anAddressWithoutAStageReachesTheClientAsWell() throws Exception {
    try (ChatPlane plane = new ChatPlane(ConnectionCommandsTest::fine, ROUTES)) {
      ChatClient client = plane.connect();
      String id = connectionId(plane.event());

      assertThat(plane.bareCommand("POST", id, "hello").statusCode()).isEqualTo(200);
      assertThat(client.hears()).isEqualTo("hello");

      assertThat(plane.bareCommand("POST", "gone", "hello").statusCode()).isEqualTo(410);
    }
  }

  @Test
  void getTellsOfTheConnection() throws Exception {
    try (ChatPlane plane = new ChatPlane(ConnectionCommandsTest::fine, ROUTES)) {
      Instant before = Instant.now();
      ChatClient _ = plane.connect();
      String id = connectionId(plane.event());

      HttpResponse<String> answer = plane.command("GET", id, "");

      assertThat(answer.statusCode()).isEqualTo(200);
      JsonNode told = Json.parse(answer.body());
      assertThat(told.path("identity"))
          .isEqualTo(Json.object().put("sourceIp", "127.0.0.1").put("userAgent", "chat"));
      assertThat(Instant.parse(told.path("connectedAt").asString()))
          .isBetween(before.minusSeconds(1), Instant.now());
      assertThat(Instant.parse(told.path("lastActiveAt").asString()))
          .isBetween(before.minusSeconds(1), Instant.now());
    }
  }

  @Test
  void deleteEndsTheConnection() throws Exception {
    try (ChatPlane plane = new ChatPlane(ConnectionCommandsTest::fine, ROUTES)) {
      ChatClient client = plane.connect();
      String id = connectionId(plane.event());

      assertThat(plane.command("DELETE", id, "").statusCode()).isEqualTo(204);

      assertThat(client.hears()).isEqualTo("closed 1000 Connection Closed Normally");
      assertThat(plane.event().at("/requestContext/eventType").asString()).isEqualTo("DISCONNECT");
      HttpResponse<String> gone = plane.command("POST", id, "late");
      assertThat(gone.statusCode()).isEqualTo(410);
      assertThat(gone.headers().firstValue("x-amzn-ErrorType")).contains("GoneException");
    }
  }

  @Test
  void broadcastReachesAll() throws Exception {
    try (ChatPlane plane = new ChatPlane(ConnectionCommandsTest::fine, ROUTES)) {
      ChatClient one = plane.connect();
      ChatClient other = plane.connect();
      ObjectNode _ = plane.event();
      ObjectNode _ = plane.event();

      HttpResponse<String> answer = plane.command("POST", "@broadcast", "to all");

      assertThat(answer.body()).isEqualTo("{\"sent\":2}");
      assertThat(one.hears()).isEqualTo("to all");
      assertThat(other.hears()).isEqualTo("to all");
    }
  }
}
