package io.portico.gateway.execute.websocket;

import io.portico.gateway.http.websocket.WebSocketClose;
import io.portico.gateway.snapshot.CurrentSnapshot;
import io.portico.gateway.snapshot.GatewaySnapshot;
import io.portico.gateway.snapshot.websocket.WebSocketStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The connections that are open on this node, by their ids, and the groups they are in. Runtime
 * state: they survive a swap, and end when their stage is gone.
 */
public final class OpenConnections {
  private final ConcurrentHashMap<String, OpenConnection> open = new ConcurrentHashMap<>();
  private final CurrentSnapshot snapshot;
  private final ConnectionBounds bounds;
  private final ConnectionGroups groups;

  /** Places of connections that are open, or may be once their handshake is answered. */
  private final AtomicInteger taken = new AtomicInteger();

  /**
   * @param snapshot tells which stages there are
   */
  public OpenConnections(CurrentSnapshot snapshot, ConnectionBounds bounds) {
    this.snapshot = snapshot;
    this.bounds = bounds;
    this.groups = new ConnectionGroups(bounds.groups());
    snapshot.onStages(this::retain);
  }

  ConnectionBounds bounds() {
    return bounds;
  }

  ConnectionGroups groups() {
    return groups;
  }

  /**
   * Takes a place for a connection; whether there was one. It is given back by {@link #giveBack},
   * or when the connection is removed.
   */
  boolean take() {
    if (taken.incrementAndGet() <= bounds.connections()) {
      return true;
    }
    giveBack();
    return false;
  }

  /** No connection comes of a place that was taken. */
  void giveBack() {
    taken.decrementAndGet();
  }

  /** A connection that has its place is open, or about to be: its client is let in. */
  void add(OpenConnection connection) {
    open.put(connection.connectionId(), connection);
    // The stage may have gone while the client was let in.
    closeWithoutStage(connection, snapshot.get());
  }

  /** It has ended, and leaves its place and its groups. */
  void remove(OpenConnection connection) {
    open.remove(connection.connectionId());
    groups.ended(connection);
    giveBack();
  }

  /** The open connection of an id, of whatever stage, or null where there is none. */
  @Nullable OpenConnection find(String connectionId) {
    OpenConnection connection = open.get(connectionId);
    return connection == null || !connection.isOpen() ? null : connection;
  }

  /** An open connection of a stage, or null where it has none of that id. */
  @Nullable OpenConnection find(String connectionId, String stageKey) {
    OpenConnection connection = find(connectionId);
    return connection == null || !connection.stageKey().equals(stageKey) ? null : connection;
  }

  /** All of a stage. */
  Stream<OpenConnection> ofStage(String stageKey) {
    return open.values().stream().filter(connection -> connection.stageKey().equals(stageKey));
  }

  /** How many there are. */
  public int size() {
    return open.size();
  }

  /** The stage that a connection belongs to, as it is now; null where it is gone. */
  static @Nullable WebSocketStage stage(OpenConnection connection, GatewaySnapshot snapshot) {
    return snapshot.served(connection.address().apiId(), connection.address().stageName())
            instanceof WebSocketStage stage
        ? stage
        : null;
  }

  private void retain(GatewaySnapshot current) {
    open.values().forEach(connection -> closeWithoutStage(connection, current));
  }

  /** AWS: what becomes of the connections of a stage that is deleted is not described. */
  private static void closeWithoutStage(OpenConnection connection, GatewaySnapshot current) {
    if (stage(connection, current) == null) {
      connection.close(new WebSocketClose(WebSocketClose.GOING_AWAY, "Going away"));
    }
  }
}
