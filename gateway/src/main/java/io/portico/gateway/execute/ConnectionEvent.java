package io.portico.gateway.execute;

import io.portico.gateway.http.websocket.WebSocketClose;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What happens on a WebSocket connection, as the integrations of routes are told.
 *
 * @param messageId of a message; null where there is none
 * @param binary whether a message came as bytes
 * @param close how the connection ended; null where it has not
 */
public record ConnectionEvent(
    Type type,
    String connectionId,
    Instant connectedAt,
    @Nullable String messageId,
    boolean binary,
    @Nullable WebSocketClose close) {

  /** A client asks for a connection. */
  public static ConnectionEvent connect(String connectionId, Instant time) {
    return new ConnectionEvent(Type.CONNECT, connectionId, time, null, false, null);
  }

  /** A client has sent a message. */
  public static ConnectionEvent message(
      String connectionId, Instant connectedAt, String messageId, boolean binary) {
    return new ConnectionEvent(Type.MESSAGE, connectionId, connectedAt, messageId, binary, null);
  }

  /** A connection has ended. */
  public static ConnectionEvent disconnect(
      String connectionId, Instant connectedAt, WebSocketClose close) {
    return new ConnectionEvent(Type.DISCONNECT, connectionId, connectedAt, null, false, close);
  }

  /** {@code $context.eventType}. */
  public enum Type {
    CONNECT,
    MESSAGE,
    DISCONNECT
  }

  /** {@code $context.messageDirection}: what a client sends. AWS: it has no other. */
  public static final String DIRECTION = "IN";

  // AWS: source: events that users have published.
  private static final String NO_STATUS = "Client-side close frame status not set";

  /** {@code $context.disconnectReason}, or null where the connection has not ended. */
  public @Nullable String disconnectReason() {
    if (close == null) {
      return null;
    }
    return close.code() == WebSocketClose.NO_STATUS && close.reason().isEmpty()
        ? NO_STATUS
        : close.reason();
  }
}
