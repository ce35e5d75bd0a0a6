package io.portico.transport.websocket;

import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.websocket.WebSocketClose;
import io.portico.gateway.http.websocket.WebSocketConnection;
import io.portico.gateway.http.websocket.WebSocketLimits;
import io.portico.gateway.http.websocket.WebSocketListener;
import io.portico.gateway.http.websocket.WebSocketMessage;
import io.portico.gateway.http.websocket.WebSocketUpgrade;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A listener that keeps what it hears, for tests to look at. */
class Heard implements WebSocketListener {
  private static final long PATIENCE_SECONDS = 20;

  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<WebSocketConnection> opened = new LinkedBlockingQueue<>();

  /** A handler that upgrades every request to this. */
  HttpHandler handler(WebSocketLimits limits) {
    return _ -> HttpResponse.switchingTo(new WebSocketUpgrade(this, limits), Headers.empty());
  }

  HttpHandler handler() {
    return handler(limits());
  }

  /** The usual ones, with binary messages. */
  static WebSocketLimits limits() {
    return limits(Duration.ofMinutes(10), Duration.ofHours(2), Duration.ofSeconds(10));
  }

  /** Those with other times. */
  static WebSocketLimits limits(Duration idle, Duration duration, Duration close) {
    WebSocketLimits standard = WebSocketLimits.standard();
    return new WebSocketLimits(
        standard.frame(),
        standard.message(),
        standard.waitingMessages(),
        standard.unsent(),
        standard.overflowCode(),
        idle,
        duration,
        close,
        true,
        false);
  }

  /** Those with other bounds of what waits. */
  static WebSocketLimits waiting(int messages, int unsent, int overflowCode) {
    WebSocketLimits usual = limits();
    return new WebSocketLimits(
        usual.frame(),
        usual.message(),
        messages,
        unsent,
        overflowCode,
        usual.idleTimeout(),
        usual.duration(),
        Duration.ofMillis(300),
        true,
        false);
  }

  /** The next event, such as {@code opened}, {@code text hello} or {@code closed 1000 bye}. */
  String next() throws InterruptedException {
    return String.valueOf(events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
  }

  /** The next connection. */
  WebSocketConnection connection() throws InterruptedException {
    WebSocketConnection connection = opened.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (connection == null) {
      throw new AssertionError("no connection in " + PATIENCE_SECONDS + " s");
    }
    return connection;
  }

  boolean isSilent() {
    return events.isEmpty();
  }

  @Override
  public void opened(WebSocketConnection connection) {
    events.add("opened");
    opened.add(connection);
  }

  @Override
  public void message(WebSocketConnection connection, WebSocketMessage message) {
    events.add(
        switch (message) {
          case WebSocketMessage.Text(String text) -> "text " + text;
          case WebSocketMessage.Binary(byte[] bytes) -> "binary " + bytes.length;
        });
  }

  @Override
  public void closed(WebSocketConnection connection, WebSocketClose close) {
    events.add(("closed " + close.code() + " " + close.reason()).strip());
  }
}
