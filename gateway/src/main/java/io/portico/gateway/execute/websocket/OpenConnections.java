package io.portico.gateway.execute.websocket;

import io.portico.gateway.http.websocket.WebSocketClose;
import io.portico.gateway.snapshot.CurrentSnapshot;
import io.portico.gateway.snapshot.GatewaySnapshot;
import io.portico.gateway.snapshot.websocket.WebSocketStage;
import java.util.Set;
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

  /** Those of each stage that has any, so that nobody looks through those of others. */
  private final ConcurrentHashMap<String, Set<OpenConnection>> byStage = new ConcurrentHashMap<>();

  private final CurrentSnapshot snapshot;
  private final ConnectionBounds bounds;
  private final ConnectionGroups groups;

  /** Places of connections that are open, or may be once their handshake is answered. */
  private final AtomicInteger taken = new AtomicInteger();

  private final AddressPlaces ofAddresses;

  /**
   * @param snapshot tells which stages there are
   */
  public OpenConnections(CurrentSnapshot snapshot, ConnectionBounds bounds) {
    this.snapshot = snapshot;
    this.bounds = bounds;
    this.groups = new ConnectionGroups(bounds.groups());
    this.ofAddresses = new AddressPlaces(bounds.perAddress());
    snapshot.onStages(this::retain);
  }

  ConnectionBounds bounds() {
    return bounds;
  }

  ConnectionGroups groups() {
    return groups;
  }

  /** Whether there is a place for a connection. */
  enum Place {
    TAKEN,
    /** There are as many connections as there may be. */
    NONE,
    /** The client's address has as many as it may have. */
    NONE_OF_ADDRESS
  }

  /**
   * Takes a place for a connection, if there is one. It is given back by {@link #giveBack}, or when
   * the connection is removed.
   *
   * @param address the client's
   */
  Place take(String address) {
    if (taken.incrementAndGet() > bounds.connections()) {
      taken.decrementAndGet();
      return Place.NONE;
    }
    if (!ofAddresses.take(address)) {
      taken.decrementAndGet();
      return Place.NONE_OF_ADDRESS;
    }
    return Place.TAKEN;
  }

  /** No connection comes of a place that was taken. */
  void giveBack(String address) {
    ofAddresses.giveBack(address);
    taken.decrementAndGet();
  }

  /** A connection that has its place is open, or about to be: its client is let in. */
  void add(OpenConnection connection) {
    byStage.compute(
        connection.stageKey(),
        (_, known) -> {
          Set<OpenConnection> ofStage = known == null ? ConcurrentHashMap.newKeySet() : known;
          ofStage.add(connection);
          return ofStage;
        });
    open.put(connection.connectionId(), connection);
    // The stage may have gone while the client was let in.
    closeWithoutStage(connection, snapshot.get());
  }

  /** It has ended, and leaves its place and its groups. */
  void remove(OpenConnection connection) {
    open.remove(connection.connectionId());
    byStage.computeIfPresent(
        connection.stageKey(),
        (_, ofStage) -> {
          ofStage.remove(connection);
          return ofStage.isEmpty() ? null : ofStage;
        });
    groups.ended(connection);
    giveBack(connection.sourceIp());
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
    return byStage.getOrDefault(stageKey, Set.of()).stream();
  }

  /** How many were refused as their client's address had as many as it may have. */
  public long refusedOfAddresses() {
    return ofAddresses.refused();
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
    for (Set<OpenConnection> ofStage : byStage.values()) {
      for (OpenConnection connection : ofStage) {
        if (stage(connection, current) != null) {
          // So it is for the others.
          break;
        }
        closeWithoutStage(connection, current);
      }
    }
  }

  /** AWS: what becomes of the connections of a stage that is deleted is not described. */
  private static void closeWithoutStage(OpenConnection connection, GatewaySnapshot current) {
    if (stage(connection, current) == null) {
      connection.close(new WebSocketClose(WebSocketClose.GOING_AWAY, "Going away"));
    }
  }
}
