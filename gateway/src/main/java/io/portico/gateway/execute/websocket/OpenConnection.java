package io.portico.gateway.execute.websocket;

import io.portico.gateway.execute.ApiAddress;
import io.portico.gateway.execute.Caller;
import io.portico.gateway.execute.IamCaller;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.websocket.SharedMessage;
import io.portico.gateway.http.websocket.WebSocketClose;
import io.portico.gateway.http.websocket.WebSocketConnection;
import io.portico.gateway.http.websocket.WebSocketMessage;
import io.portico.gateway.snapshot.websocket.WebSocketStage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a connection while it lasts: as little as its events and commands need, as there
 * may be very many.
 */
final class OpenConnection {
  /** How many messages may wait for a client to hear that it is let in; assumed. */
  private static final int MOST_EARLY = 16;

  private final String connectionId;
  private final String stageKey;
  private final ApiAddress address;
  private final Instant connectedAt;
  private final HttpRequest handshake;
  private final Caller caller;

  /** Null until the client has been told that it is let in. Written under the lock of this. */
  private volatile @Nullable WebSocketConnection wire;

  /** What it is sent before, in order. Guarded by this. */
  private final List<WebSocketMessage> early = new ArrayList<>(0);

  /** How it ends, where that was decided before. Written under the lock of this. */
  private volatile @Nullable WebSocketClose earlyEnd;

  /**
   * @param address how it was opened
   * @param handshake of which no more is kept than who has sent it
   * @param caller who has, as far as that was asked
   */
  OpenConnection(
      String connectionId,
      WebSocketStage stage,
      ApiAddress address,
      Instant connectedAt,
      HttpRequest handshake,
      Caller caller) {
    this.connectionId = connectionId;
    this.stageKey = stage.key();
    this.address = address;
    this.connectedAt = connectedAt;
    this.handshake = identifying(handshake);
    this.caller = withoutSecrets(caller);
  }

  private static HttpRequest identifying(HttpRequest handshake) {
    Headers.Builder headers = Headers.builder().addChecked("Host", handshake.host());
    String userAgent = handshake.headers().first("User-Agent");
    if (userAgent != null) {
      headers.addChecked("User-Agent", userAgent);
    }
    return new HttpRequest(
        "POST",
        "/",
        handshake.protocol(),
        headers.build(),
        Body.EMPTY,
        handshake.connection(),
        handshake.arrivalNanos());
  }

  /** Who may connect has been asked once; neither policy, plan nor secret is needed again. */
  private static Caller withoutSecrets(Caller caller) {
    IamCaller iam = caller.iam();
    return new Caller(
        caller.apiKey(),
        null,
        iam == null ? null : new IamCaller(iam.principal(), iam.accessKeyId(), null),
        caller.authorizer(),
        null);
  }

  String connectionId() {
    return connectionId;
  }

  String stageKey() {
    return stageKey;
  }

  ApiAddress address() {
    return address;
  }

  Instant connectedAt() {
    return connectedAt;
  }

  Caller caller() {
    return caller;
  }

  String sourceIp() {
    return handshake.connection().remoteIp();
  }

  /** Empty where the client did not name any. */
  String userAgent() {
    String userAgent = handshake.headers().first("User-Agent");
    return userAgent == null ? "" : userAgent;
  }

  /** What stands for a message, or for the end: a request of the same client, now. */
  HttpRequest request(Body content) {
    return new HttpRequest(
        handshake.method(),
        handshake.target(),
        handshake.protocol(),
        handshake.headers(),
        content,
        handshake.connection(),
        System.nanoTime());
  }

  /** The client has been told, or has gone: what waits goes out. */
  synchronized void opened(WebSocketConnection connection) {
    early.forEach(connection::send);
    early.clear();
    WebSocketClose end = earlyEnd;
    if (end != null) {
      connection.close(end);
    }
    wire = connection;
  }

  /** Whether the client is there, or about to be; the end may not have been heard of yet. */
  boolean isOpen() {
    WebSocketConnection connection = wire;
    return connection == null ? earlyEnd == null : connection.isOpen();
  }

  /** Whether a message was taken: the client is there, and not too slow for it. */
  boolean send(WebSocketMessage message) {
    WebSocketConnection connection = wire;
    return connection == null ? sendEarly(message) : connection.send(message);
  }

  /** The same of a message that others are sent as well. */
  boolean send(SharedMessage message) {
    WebSocketConnection connection = wire;
    return connection == null ? sendEarly(message.message()) : connection.send(message);
  }

  private synchronized boolean sendEarly(WebSocketMessage message) {
    WebSocketConnection connection = wire;
    return connection == null
        ? earlyEnd == null && early.size() < MOST_EARLY && early.add(message)
        : connection.send(message);
  }

  void close(WebSocketClose close) {
    WebSocketConnection connection = wire;
    if (connection == null) {
      closeEarly(close);
    } else {
      connection.close(close);
    }
  }

  private synchronized void closeEarly(WebSocketClose close) {
    WebSocketConnection connection = wire;
    if (connection != null) {
      connection.close(close);
    } else if (earlyEnd == null) {
      earlyEnd = close;
    }
  }

  /** When a frame came in, or a message went out, last. */
  Instant lastActiveAt() {
    WebSocketConnection connection = wire;
    return connection == null ? connectedAt : connection.lastActiveAt();
  }
}
