package io.portico.gateway.http.websocket;

/**
 * Hears what happens on a connection: one thing after the other, in order, each on a virtual thread
 * that may block. Messages that come meanwhile wait, and then the client does.
 *
 * <p>A listener of its own for each connection is the place for what its owner knows of it; one
 * that keeps nothing may serve many. An exception that leaves a method is a bug: the transport logs
 * it and ends the connection with 1011.
 */
public interface WebSocketListener {

  /** The first: the client has been told that the connection is open, or has gone already. */
  void opened(WebSocketConnection connection);

  /** A whole message. */
  void message(WebSocketConnection connection, WebSocketMessage message);

  /**
   * The last, exactly once after {@link #opened}, however the connection ends.
   *
   * @param close the code and reason of whichever side began: the client's close frame, the
   *     transport's own, or what {@link WebSocketConnection#close} was told
   */
  void closed(WebSocketConnection connection, WebSocketClose close);
}
