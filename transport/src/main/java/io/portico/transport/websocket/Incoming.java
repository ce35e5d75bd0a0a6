package io.portico.transport.websocket;

import io.portico.gateway.http.websocket.WebSocketClose;
import io.portico.gateway.http.websocket.WebSocketMessage;

/** What a client has sent, whole. */
sealed interface Incoming {

  record Message(WebSocketMessage message) implements Incoming {}

  @SuppressWarnings("ArrayRecordComponent") // Compared by nobody, changed by nobody
  record Ping(byte[] payload) implements Incoming {}

  record Pong() implements Incoming {
    static final Pong HEARD = new Pong();
  }

  record Close(WebSocketClose close) implements Incoming {}
}
