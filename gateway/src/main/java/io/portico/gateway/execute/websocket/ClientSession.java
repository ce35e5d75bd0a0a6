package io.portico.gateway.execute.websocket;

import io.portico.gateway.http.websocket.WebSocketClose;
import io.portico.gateway.http.websocket.WebSocketConnection;
import io.portico.gateway.http.websocket.WebSocketListener;
import io.portico.gateway.http.websocket.WebSocketMessage;
import java.nio.charset.StandardCharsets;

/** Hears what happens on one connection. */
final class ClientSession implements WebSocketListener {
  private final OpenConnection connection;
  private final OpenConnections connections;
  private final WebSocketPipeline pipeline;

  ClientSession(
      OpenConnection connection, OpenConnections connections, WebSocketPipeline pipeline) {
    this.connection = connection;
    this.connections = connections;
    this.pipeline = pipeline;
  }

  @Override
  public void opened(WebSocketConnection wire) {
    connection.opened(wire);
  }

  @Override
  public void message(WebSocketConnection wire, WebSocketMessage message) {
    switch (message) {
      case WebSocketMessage.Text text ->
          pipeline.message(connection, text.text().getBytes(StandardCharsets.UTF_8), false);
      // Beyond AWS. Where they are not taken, the connection has ended already.
      case WebSocketMessage.Binary binary -> pipeline.message(connection, binary.bytes(), true);
    }
  }

  @Override
  public void closed(WebSocketConnection wire, WebSocketClose close) {
    connections.remove(connection);
    pipeline.ended(connection, close);
  }
}
