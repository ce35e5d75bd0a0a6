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
  private final Runnable ended;
  private final Set<ServerConnection> some = new HashSet<>();

  /** Handshakes whose clients have gone, until listeners have heard of both their ends. */
  private int held;

  private boolean draining;
  private boolean gone;

  /**
   * @param ended called once, when what is beneath them is gone, and the listeners of all have
   *     heard of their ends
   */
  Http2WebSockets(Loop loop, Runnable ended) {
    this.loop = loop;
    this.ended = ended;
  }

  /** One that is about to open. */
  void add(ServerConnection webSocket) {
    some.add(webSocket);
    if (draining) {
      loop.execute(webSocket::drain);
    }
  }

  /** One has ended, and its listener has heard so. */
  void remove(ServerConnection webSocket) {
    some.remove(webSocket);
    tell();
  }

  /** A client has gone whose handshake is being answered. */
  void hold() {
    held++;
  }

  /** What it was let in for has ended as well. */
  void letGo() {
    held--;
    tell();
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
    boolean telling = false;
    for (ServerConnection webSocket : List.copyOf(some)) {
      telling |= webSocket.abort();
    }
    return telling;
  }

  /** The HTTP/2 connection is closed, and its streams with it. */
  void gone() {
    gone = true;
    tell();
  }

  private void tell() {
    if (gone && some.isEmpty() && held == 0) {
      ended.run();
    }
  }
}
