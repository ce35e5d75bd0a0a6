package io.portico.gateway.http.websocket;

import java.time.Instant;

/** A client's open WebSocket connection. Safe for any thread; nothing here waits. */
public interface WebSocketConnection {

  /**
   * Leaves a message with the connection, behind those left before by the same thread.
   *
   * @return whether it was taken: the connection is open, and no more waits for the client than it
   *     may. What was taken is sent if the connection lasts. If too much waits, the connection ends
   *     ({@link WebSocketLimits#overflowCode}).
   */
  boolean send(WebSocketMessage message);

  /**
   * The same of a message that others are left as well, which need not be made for each.
   *
   * @return whether it was taken; not where there is no memory to send it, and the connection ends
   */
  default boolean send(SharedMessage message) {
    return send(message.message());
  }

  /**
   * Whether the client can still be told something: neither has it gone, nor is a close frame out.
   * Its listener may not have heard of that yet.
   */
  boolean isOpen();

  /**
   * Ends it in good order, behind all that was left before by the same thread. Its listener hears
   * of it as of any other end.
   *
   * @throws IllegalArgumentException if the code is none that is sent, or the reason too long
   */
  void close(WebSocketClose close);

  /** The client's address, without a port. */
  String remoteIp();

  Instant connectedAt();

  /** When a frame came in, or a message went out, last. */
  Instant lastActiveAt();
}
