package io.portico.transport.upstream;

import io.portico.gateway.http.UpstreamRequest.Origin;
import io.portico.transport.loop.Loop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;

/** The pools of one event loop, by origin. Belongs to the loop. */
final class LoopPools {
  private final Loop loop;
  private final Connector connector;
  private final UpstreamConfig config;
  private final Map<Origin, OriginPool> byOrigin = new HashMap<>();
  private boolean closed;

  LoopPools(Loop loop, Connector connector, UpstreamConfig config) {
    this.loop = loop;
    this.connector = connector;
    this.config = config;
  }

  Loop loop() {
    return loop;
  }

  /** The pool of an origin; one that is empty again is forgotten. */
  OriginPool of(Origin origin) {
    OriginPool pool = byOrigin.get(origin);
    if (pool == null) {
      pool = new OriginPool(origin, connector, config, this);
      byOrigin.put(origin, pool);
    }
    return pool;
  }

  void forget(Origin origin) {
    if (!closed) {
      byOrigin.remove(origin);
    }
  }

  boolean isClosed() {
    return closed;
  }

  /**
   * Closes all connections.
   *
   * @param then run when all of them are closed
   */
  void close(Runnable then) {
    closed = true;
    new ArrayList<>(byOrigin.values()).forEach(OriginPool::close);
    byOrigin.clear();
    connector.close(then);
  }
}
