package io.portico.gateway.execute.websocket;

import io.portico.gateway.http.websocket.WebSocketClose;
import io.portico.gateway.snapshot.CurrentSnapshot;
import io.portico.gateway.snapshot.GatewaySnapshot;
import io.portico.gateway.snapshot.websocket.WebSocketStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The connections that are open on this node, by their ids. Runtime state: they survive a swap, and
 * end when their stage is gone.
 */
public final class OpenConnections {
  private final ConcurrentHashMap<String, OpenConnection> open = new ConcurrentHashMap<>();

  /**
   * @param snapshot tells which stages there are
   */
  public OpenConnections(CurrentSnapshot snapshot) {
    snapshot.onStages(this::retain);
  }

  void add(OpenConnection connection) {
    open.put(connection.connectionId(), connection);
  }

  void remove(OpenConnection connection) {
    open.remove(connection.connectionId());
  }

  /** The connection of an id, of whatever stage, or null where there is none. */
  @Nullable OpenConnection find(String connectionId) {
    return open.get(connectionId);
  }

  /** A connection of a stage, or null where it has none of that id. */
  @Nullable OpenConnection find(String connectionId, String stageKey) {
    OpenConnection connection = open.get(connectionId);
    return connection == null || !connection.stageKey().equals(stageKey) ? null : connection;
  }

  /** All of a stage. */
  void forEach(String stageKey, Consumer<OpenConnection> action) {
    open.values().stream()
        .filter(connection -> connection.stageKey().equals(stageKey))
        .forEach(action);
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

  /** AWS: what becomes of the connections of a stage that is deleted is not described. */
  private void retain(GatewaySnapshot snapshot) {
    for (OpenConnection connection : open.values()) {
      if (stage(connection, snapshot) == null) {
        connection.close(new WebSocketClose(WebSocketClose.GOING_AWAY, "Going away"));
      }
    }
  }
}
