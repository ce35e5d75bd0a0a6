package io.portico.transport.websocket;

import io.portico.gateway.http.websocket.WebSocketConnection;
import io.portico.gateway.http.websocket.WebSocketMessage;

/** Sends each message back. */
final class Echo extends Heard {
  @Override
  public void message(WebSocketConnection connection, WebSocketMessage message) {
    connection.send(message);
  }
}
