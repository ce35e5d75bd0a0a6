package io.portico.transport.websocketapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.execute.websocket.WebSocketPipeline;
import io.portico.transport.support.LogWatch;
import io.portico.transport.support.RawClient;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * A WebSocket API whose function sends back what it is sent, with one client that behaves, and who
 * is asked after each strange thing whether all is well.
 */
final class HostileChat implements AutoCloseable {
  private static final String[] ROUTES = {
    "route $connect",
    "",
    "route $disconnect",
    "",
    "route echo",
    "{twoWay: true}",
    "route $default",
    "{twoWay: true}"
  };

  final ChatPlane plane;
  final ChatClient bystander;
  final String bystanderId;
  private final LogWatch log = new LogWatch(WebSocketPipeline.class);
  private int asked;

  HostileChat(String... further) throws Exception {
    this.plane = new ChatPlane(HostileChat::echo, joined(further));
    this.bystander = plane.connect();
    this.bystanderId = connectionId(plane.event());
  }

  private static String[] joined(String... further) {
    String[] all = new String[ROUTES.length + further.length];
    System.arraycopy(ROUTES, 0, all, 0, ROUTES.length);
    System.arraycopy(further, 0, all, ROUTES.length, further.length);
    return all;
  }

  private static ObjectNode echo(ObjectNode event) {
    return ChatPlane.answer(200, event.path("body").asString(""));
  }

  static String connectionId(ObjectNode event) {
    return event.at("/requestContext/connectionId").asString();
  }

  /** A message that is answered with itself, and is like no other. */
  String question() {
    return "{\"action\": \"echo\", \"asked\": %d}".formatted(++asked);
  }

  /** The other client is answered as ever. */
  void isUnharmed(String after) throws Exception {
    String question = question();
    bystander.sends(question);
    assertThat(bystander.hears()).as("the other client, after %s", after).isEqualTo(question);
  }

  /**
   * Whoever has connected leaves, and of each the function hears that it has: once. One who comes
   * and goes behind them all is heard behind what else there was to hear of them.
   */
  void allLeave(ChatClient... clients) throws Exception {
    for (ChatClient client : clients) {
      client.closes(1000, "");
    }
    bystander.closes(1000, "");
    // That of the bystander was heard before.
    Map<String, Integer> open = new HashMap<>(Map.of(bystanderId, 1));
    hearAllLeave(open);
    plane.connect().closes(1000, "");
    hearAllLeave(open);
    assertThat(open.values()).containsOnly(0);
    assertThat(log.errors()).as("bugs").isEmpty();
  }

  /** Hears events until nobody is there, and there are none. */
  private void hearAllLeave(Map<String, Integer> open) throws InterruptedException {
    while (open.values().stream().anyMatch(count -> count > 0) || !plane.isSilent()) {
      ObjectNode event = plane.event();
      switch (event.at("/requestContext/eventType").asString()) {
        case "CONNECT" -> open.merge(connectionId(event), 1, Integer::sum);
        case "DISCONNECT" -> open.merge(connectionId(event), -1, Integer::sum);
        default -> assertThat(open).containsKey(connectionId(event));
      }
    }
  }

  /** Sends a command as it stands on the wire, signed by the account's root. */
  RawClient.Answer command(String method, String path, byte[] content) throws IOException {
    return plane.rawCommand(method, path, content, UnaryOperator.identity());
  }

  @Override
  public void close() {
    log.close();
    plane.close();
  }
}
