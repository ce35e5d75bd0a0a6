package io.portico.gateway.execute.cases;

import io.portico.gateway.http.websocket.WebSocketClose;
import io.portico.gateway.http.websocket.WebSocketConnection;
import io.portico.gateway.http.websocket.WebSocketListener;
import io.portico.gateway.http.websocket.WebSocketMessage;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** A client's connection that is none: what it is sent is kept, and no socket is there. */
public final class CaseConnection implements WebSocketConnection {
  private final WebSocketListener listener;
  private final Deque<String> received = new ArrayDeque<>();
  private @Nullable WebSocketClose close;
  private boolean gone;

  public CaseConnection(WebSocketListener listener) {
    this.listener = listener;
    listener.opened(this);
  }

  public void sends(String text) {
    listener.message(this, WebSocketMessage.of(text));
  }

  public void sends(byte[] bytes) {
    listener.message(this, WebSocketMessage.of(bytes));
  }

  /** The client ends it, or is lost. */
  public void ends(WebSocketClose how) {
    if (close == null) {
      close = how;
      listener.closed(this, how);
    }
  }

  /** The client is lost, of which the listener has not heard yet. */
  void goes() {
    gone = true;
  }

  /** The next message that the client was sent, or null. */
  @Nullable String received() {
    return received.poll();
  }

  /** Whether all was received that was sent. */
  public boolean isSilent() {
    return received.isEmpty();
  }

  /** How it has ended, or null. */
  public @Nullable WebSocketClose close() {
    return close;
  }

  @Override
  public boolean send(WebSocketMessage message) {
    return isOpen()
        && received.add(
            switch (message) {
              case WebSocketMessage.Text text -> text.text();
              case WebSocketMessage.Binary binary -> "binary of " + binary.bytes().length;
            });
  }

  @Override
  public boolean isOpen() {
    return close == null && !gone;
  }

  @Override
  public void close(WebSocketClose how) {
    ends(how);
  }

  @Override
  public String remoteIp() {
    return "192.0.2.7";
  }

  @Override
  public Instant connectedAt() {
    return Instant.EPOCH;
  }

  @Override
  public Instant lastActiveAt() {
    return Instant.EPOCH;
  }
}
