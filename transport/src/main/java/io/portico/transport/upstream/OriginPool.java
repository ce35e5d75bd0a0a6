package io.portico.transport.upstream;

import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.http.UpstreamException.Reason;
import io.portico.gateway.http.UpstreamRequest.Origin;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;

/**
 * One event loop's connections to one origin: the idle ones, last used first, and the calls that
 * wait for one. Belongs to the loop.
 */
final class OriginPool {
  private final Origin origin;
  private final Connector connector;
  private final UpstreamConfig config;
  private final LoopPools owner;

  private final ArrayDeque<UpstreamConnection> idle = new ArrayDeque<>();
  private final Set<UpstreamConnection> open = new HashSet<>();
  private final ArrayDeque<UpstreamCall> waiting = new ArrayDeque<>();

  /** Connections being made. */
  private int connecting;

  OriginPool(Origin origin, Connector connector, UpstreamConfig config, LoopPools owner) {
    this.origin = origin;
    this.connector = connector;
    this.config = config;
    this.owner = owner;
  }

  Origin origin() {
    return origin;
  }

  /** Gives {@code call} an idle connection, or lets it wait for one. */
  void serve(UpstreamCall call) {
    UpstreamConnection connection;
    while ((connection = idle.pollFirst()) != null) {
      if (connection.isUsable()) {
        connection.send(call, true);
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
    if (connecting < waiting.size()
        && open.size() + connecting < config.connectionsPerOrigin()
        && !owner.isClosed()) {
      connecting++;
      connector.connect(
          origin,
          this,
          new Connector.Outcome() {
            @Override
            public void connected(UpstreamConnection connection) {
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

  private void joined(UpstreamConnection connection) {
    if (owner.isClosed() || !connection.isUsable()) {
      connection.close();
      unconnected(
          new UpstreamException(
              Reason.CONNECTION_LOST, origin.authority() + " closed the connection", null));
      return;
    }
    open.add(connection);
    use(connection, false);
  }

  private void unconnected(UpstreamException reason) {
    UpstreamCall call = waiting.pollFirst();
    if (call != null) {
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

  /** A connection has done its work and can do more. */
  void released(UpstreamConnection connection) {
    if (owner.isClosed()) {
      connection.close();
    } else {
      use(connection, true);
    }
  }

  /** A connection is gone. */
  void closed(UpstreamConnection connection) {
    if (open.remove(connection)) {
      idle.remove(connection);
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
    new ArrayList<>(open).forEach(UpstreamConnection::close);
  }
}
