package io.portico.transport.upstream;

import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.http.UpstreamException.Reason;
import io.portico.gateway.http.UpstreamRequest.Origin;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One event loop's connections to one origin: the idle ones, last used first, those that calls
 * share, and the calls that wait for one. Belongs to the loop.
 */
final class OriginPool {
  private final Origin origin;
  private final Connector connector;
  private final UpstreamConfig config;
  private final LoopPools owner;

  private final ArrayDeque<UpstreamConnection> idle = new ArrayDeque<>();
  private final List<SharedConnection> shared = new ArrayList<>();
  private final Set<BackendConnection> open = new HashSet<>();
  private final ArrayDeque<UpstreamCall> waiting = new ArrayDeque<>();

  /** Connections being made. */
  private int connecting;

  /**
   * How many calls one more connection is expected to take: as many as the last, and before the
   * first as many as there can be, so that none is made for nothing.
   */
  private int callsEach;

  OriginPool(Origin origin, Connector connector, UpstreamConfig config, LoopPools owner) {
    this.origin = origin;
    this.connector = connector;
    this.config = config;
    this.owner = owner;
    UpstreamHttp2 http2 = config.http2();
    callsEach = origin.tls() && http2 != null ? http2.limits().streams() : 1;
  }

  Origin origin() {
    return origin;
  }

  /** Gives {@code call} a connection that has room for it, or lets it wait for one. */
  void serve(UpstreamCall call) {
    UpstreamConnection connection;
    while ((connection = idle.pollFirst()) != null) {
      if (connection.isUsable()) {
        connection.send(call, true);
        return;
      }
    }
    for (SharedConnection candidate : shared) {
      if (candidate.isUsable()) {
        candidate.send(call);
        return;
      }
    }
    serveFresh(call);
  }

  /** Lets {@code call} wait for a connection that is not an idle one. */
  void serveFresh(UpstreamCall call) {
    if (owner.isClosed()) {
      call.fail(new UpstreamException(Reason.CONNECTION_LOST, "the client is closed", null));
      return;
    }
    boolean room = open.size() + connecting < config.connectionsPerOrigin();
    if (!room && waiting.size() >= config.waitingPerOrigin()) {
      call.fail(
          new UpstreamException(
              Reason.OVERLOADED, "too many requests wait for " + origin.authority(), null));
      return;
    }
    waiting.addLast(call);
    connectIfNeeded();
  }

  /** A call no longer waits. */
  void remove(UpstreamCall call) {
    waiting.remove(call);
  }

  private void connectIfNeeded() {
    while ((long) connecting * callsEach < waiting.size()
        && open.size() + connecting < config.connectionsPerOrigin()
        && !owner.isClosed()) {
      connecting++;
      connector.connect(
          origin,
          this,
          new Connector.Outcome() {
            @Override
            public void connected(BackendConnection connection) {
              connecting--;
              joined(connection);
            }

            @Override
            public void failed(UpstreamException reason) {
              connecting--;
              unconnected(reason);
            }
          });
    }
  }

  private void joined(BackendConnection connection) {
    if (owner.isClosed() || !connection.isUsable()) {
      connection.close();
      unconnected(
          new UpstreamException(
              Reason.CONNECTION_LOST, origin.authority() + " takes no calls", null));
      return;
    }
    open.add(connection);
    switch (connection) {
      case UpstreamConnection single -> {
        callsEach = 1;
        use(single, false);
      }
      case SharedConnection many -> {
        callsEach = many.room();
        shared.add(many);
        roomIn(many);
      }
    }
    connectIfNeeded();
  }

  private void unconnected(UpstreamException reason) {
    UpstreamCall call;
    for (int i = 0; i < callsEach && (call = waiting.pollFirst()) != null; i++) {
      call.fail(reason);
    }
    connectIfNeeded();
    forgetIfEmpty();
  }

  private void use(UpstreamConnection connection, boolean used) {
    UpstreamCall call = waiting.pollFirst();
    if (call != null) {
      connection.send(call, used);
    } else {
      connection.rest();
      idle.addFirst(connection);
    }
  }

  /** A connection may take further calls beside those it has. */
  void roomIn(SharedConnection connection) {
    while (!waiting.isEmpty() && connection.isUsable()) {
      connection.send(waiting.removeFirst());
    }
  }

  /** A connection has done its work and can do more. */
  void released(UpstreamConnection connection) {
    if (owner.isClosed()) {
      connection.close();
    } else {
      use(connection, true);
    }
  }

  /** A connection is gone. */
  void closed(BackendConnection connection) {
    if (open.remove(connection)) {
      switch (connection) {
        case UpstreamConnection single -> idle.remove(single);
        case SharedConnection many -> shared.remove(many);
      }
      connectIfNeeded();
      forgetIfEmpty();
    }
  }

  private void forgetIfEmpty() {
    if (open.isEmpty() && waiting.isEmpty() && connecting == 0) {
      owner.forget(origin);
    }
  }

  void close() {
    UpstreamCall call;
    while ((call = waiting.pollFirst()) != null) {
      call.fail(new UpstreamException(Reason.CONNECTION_LOST, "the client is closed", null));
    }
    new ArrayList<>(open).forEach(BackendConnection::close);
  }
}
