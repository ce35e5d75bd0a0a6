package io.portico.gateway.execute.websocket;

import io.portico.gateway.http.websocket.WebSocketClose;
import io.portico.gateway.http.websocket.WebSocketConnection;
import io.portico.gateway.http.websocket.WebSocketListener;
import io.portico.gateway.http.websocket.WebSocketMessage;

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
    connections.add(connection);
  }

  @Override
  public void message(WebSocketConnection wire, WebSocketMessage message) {
    switch (message) {
      case WebSocketMessage.Text text -> pipeline.message(connection, text.text());
      // AWS: binary frames are not taken; source: documented,
      // https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-binary-media-types.html.
      case WebSocketMessage.Binary _ ->
          wire.close(WebSocketClose.of(WebSocketClose.UNSUPPORTED_DATA));
    }
  }

  @Override
  public void closed(WebSocketConnection wire, WebSocketClose close) {
    connections.remove(connection);
    pipeline.ended(connection, close);
  }
}
