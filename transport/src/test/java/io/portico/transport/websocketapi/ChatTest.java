package io.portico.transport.websocketapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.json.Json;
import io.portico.transport.support.RawWebSocket;
import io.portico.transport.support.StreamClient;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** A WebSocket API from {@code $connect} to {@code $disconnect}. */
final class ChatTest {
  private static final String[] ROUTES = {
    "route $connect", "", "route echo", "{twoWay: true}", "route $disconnect", ""
  };

  private static ObjectNode echo(ObjectNode event) {
    return ChatPlane.answer(200, event.path("body").asString("nothing"));
  }

  private static String type(ObjectNode event) {
    return event.at("/requestContext/eventType").asString();
  }

  @Test
  void aClientConnectsSendsHearsAndLeaves() throws Exception {
    try (ChatPlane plane = new ChatPlane(ChatTest::echo, ROUTES)) {
      ChatClient client = plane.connect();
      ObjectNode connect = plane.event();
      assertThat(type(connect)).isEqualTo("CONNECT");
      assertThat(connect.at("/headers/User-Agent").asString()).isEqualTo("chat");

      client.sends("{\"action\": \"echo\"}");
      assertThat(client.hears()).isEqualTo("{\"action\": \"echo\"}");
      ObjectNode message = plane.event();
      assertThat(type(message)).isEqualTo("MESSAGE");
      assertThat(message.at("/requestContext/connectionId"))
          .isEqualTo(connect.at("/requestContext/connectionId"));
      assertThat(message.at("/requestContext/identity"))
          .isEqualTo(Json.object().put("sourceIp", "127.0.0.1").put("userAgent", "chat"));

      client.sends("{\"action\": \"nowhere\"}");
      assertThat(client.hears()).startsWith("{\"message\": \"Forbidden\", \"connectionId\":\"");

      client.closes(1000, "bye");
      ObjectNode disconnect = plane.event();
      assertThat(type(disconnect)).isEqualTo("DISCONNECT");
      assertThat(disconnect.at("/requestContext/disconnectStatusCode").asInt()).isEqualTo(1000);
      assertThat(disconnect.at("/requestContext/disconnectReason").asString()).isEqualTo("bye");
      assertThat(plane.isSilent()).isTrue();
    }
  }

  @Test
  void aClientMayDoSoOnAStreamOfHttp2() throws Exception {
    try (ChatPlane plane = new ChatPlane(ChatTest::echo, ROUTES);
        StreamClient http2 = plane.http2()) {
      RawWebSocket client = RawWebSocket.open(http2.head(0, plane.handshake()));
      ObjectNode connect = plane.event();
      assertThat(type(connect)).isEqualTo("CONNECT");
      assertThat(connect.at("/headers/user-agent").asString()).isEqualTo("chat");
      assertThat(connect.at("/headers").propertyNames()).noneMatch(name -> name.startsWith(":"));

      client.text("{\"action\": \"echo\"}");
      assertThat(client.frame().text()).isEqualTo("{\"action\": \"echo\"}");
      ObjectNode message = plane.event();
      assertThat(message.at("/requestContext/connectionId"))
          .isEqualTo(connect.at("/requestContext/connectionId"));
      assertThat(message.at("/requestContext/identity"))
          .isEqualTo(Json.object().put("sourceIp", "127.0.0.1").put("userAgent", "chat"));

      client.close(1000, "bye");
      ObjectNode disconnect = plane.event();
      assertThat(type(disconnect)).isEqualTo("DISCONNECT");
      assertThat(disconnect.at("/requestContext/disconnectStatusCode").asInt()).isEqualTo(1000);
      assertThat(disconnect.at("/requestContext/disconnectReason").asString()).isEqualTo("bye");
      assertThat(plane.isSilent()).isTrue();
    }
  }

  @Test
  void aFunctionRefusesAStreamOfHttp2() throws Exception {
    try (ChatPlane plane = new ChatPlane(event -> ChatPlane.answer(401, ""), ROUTES);
        StreamClient http2 = plane.http2()) {
      StreamClient.Stream stream = http2.head(0, plane.handshake());

      assertThat(stream.status()).isEqualTo(401);
      assertThat(stream.rest()).startsWith("{\"message\": \"Unauthorized\", \"connectionId\":\"");
      assertThat(type(plane.event())).isEqualTo("CONNECT");
      assertThat(plane.isSilent()).isTrue();
    }
  }

  @Test
  void aFunctionRefusesWhoeverItWill() throws Exception {
    try (ChatPlane plane = new ChatPlane(event -> ChatPlane.answer(401, ""), ROUTES)) {
      assertThatThrownBy(plane::connect)
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOfSatisfying(
              WebSocketHandshakeException.class,
              refusal -> assertThat(refusal.getResponse().statusCode()).isEqualTo(401));
      assertThat(type(plane.event())).isEqualTo("CONNECT");
      assertThat(plane.isSilent()).isTrue();
    }
  }

  @Test
  void aFunctionChoosesASubprotocol() throws Exception {
    try (ChatPlane plane =
        new ChatPlane(
            event -> {
              ObjectNode answer = ChatPlane.answer(200, "");
              answer.putObject("headers").put("Sec-WebSocket-Protocol", "b");
              return answer;
            },
            ROUTES)) {
      assertThat(plane.connect("a", "b").subprotocol()).isEqualTo("b");
      try (StreamClient http2 = plane.http2()) {
        RawWebSocket client = RawWebSocket.open(http2.head(0, plane.handshake()));
        assertThat(client.field("sec-websocket-protocol")).isEqualTo("b");
      }
    }
  }

  @Test
  void whoeverIsLostIsToldOfOnce() throws Exception {
    try (ChatPlane plane = new ChatPlane(ChatTest::echo, ROUTES)) {
      ChatClient client = plane.connect();
      assertThat(type(plane.event())).isEqualTo("CONNECT");

      client.isLost();

      ObjectNode disconnect = plane.event();
      assertThat(type(disconnect)).isEqualTo("DISCONNECT");
      assertThat(disconnect.at("/requestContext/disconnectStatusCode").asInt()).isEqualTo(1006);
      assertThat(plane.isSilent()).isTrue();
    }
  }

  @Test
  void aBinaryFrameEndsTheConnection() throws Exception {
    try (ChatPlane plane = new ChatPlane(ChatTest::echo, ROUTES)) {
      ChatClient client = plane.connect();

      client.sendsBinary((byte) 1);

      assertThat(client.hears()).startsWith("closed 1003");
    }
  }

  @Test
  void disconnectIsCalledWhereTheGatewayStops() throws Exception {
    try (ChatPlane plane = new ChatPlane(ChatTest::echo, ROUTES)) {
      ChatClient client = plane.connect();
      assertThat(type(plane.event())).isEqualTo("CONNECT");

      assertThat(plane.stop()).isTrue();

      assertThat(client.hears()).startsWith("closed 1001");
      assertThat(type(plane.event())).isEqualTo("DISCONNECT");
    }
  }
}
