package io.portico.transport.listener;

import io.portico.transport.loop.Loop;
import io.portico.transport.websocket.ServerConnection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The WebSocket connections on the streams of one HTTP/2 connection. Each is here until its
 * listener has heard of its end, which may be after that of the stream, or of the HTTP/2 connection
 * as a whole. Belongs to the loop's thread.
 */
final class Http2WebSockets {
  private final Loop loop;
  private final Parting parting;
  private final Set<ServerConnection> some = new HashSet<>();

  private boolean draining;

  /**
   * @param ended called once, when what is beneath them is gone, and the listeners of all have
   *     heard of their ends
   */
  Http2WebSockets(Loop loop, Runnable ended) {
    this.loop = loop;
    this.parting = new Parting(ended);
  }

  /** One that is about to open. */
  void add(ServerConnection webSocket) {
    some.add(webSocket);
    parting.hold();
    if (draining) {
      loop.execute(webSocket::drain);
    }
  }

  /** One has ended, and its listener has heard so. */
  void remove(ServerConnection webSocket) {
    if (some.remove(webSocket)) {
      parting.letGo();
    }
  }

  /** How long the HTTP/2 connection counts, though it may be gone. */
  Parting parting() {
    return parting;
  }

  /** Each ends in good order, those to come as well. */
  void drain() {
    draining = true;
    List.copyOf(some).forEach(ServerConnection::drain);
  }

  /**
   * Gives all up.
   *
   * @return whether clients are being told so, which takes {@link ServerConnection#GRACE} at most
   */
  boolean abort() {
    parting.abort();
    boolean telling = false;
    for (ServerConnection webSocket : List.copyOf(some)) {
      telling |= webSocket.abort();
    }
    return telling;
  }

  /** The HTTP/2 connection is closed, and its streams with it. */
  void gone() {
    parting.gone();
  }
}
