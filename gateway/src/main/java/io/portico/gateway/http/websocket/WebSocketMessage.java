package io.portico.gateway.http.websocket;

/** A whole message of either side. */
public sealed interface WebSocketMessage {

  /** Text; what the client sent was valid UTF-8. */
  record Text(String text) implements WebSocketMessage {}

  /** Bytes. Whoever holds the array does not change it. */
  @SuppressWarnings("ArrayRecordComponent")
  record Binary(byte[] bytes) implements WebSocketMessage {}

  static WebSocketMessage of(String text) {
    return new Text(text);
  }

  static WebSocketMessage of(byte[] bytes) {
    return new Binary(bytes);
  }
}
