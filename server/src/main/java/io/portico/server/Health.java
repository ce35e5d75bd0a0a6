package io.portico.server;

import io.portico.gateway.json.Json;
import io.portico.gateway.store.RecordKey;
import io.portico.gateway.store.RecordStore;
import io.portico.gateway.store.StoreException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whether the gateway lives and is ready: its configuration is loaded, its stages are published,
 * its listener is bound, and it is not about to stop. A store that cannot be read is told of but
 * makes it no less ready: the last snapshot is served.
 */
final class Health {
  private static final RecordKey PROBE = new RecordKey("health", "probe", "probe");

  private final RecordStore store;
  private volatile boolean published;
  private volatile boolean bound;
  private volatile boolean stopping;

  Health(RecordStore store) {
    this.store = store;
  }

  /** All stages of the store are served. */
  void stagesPublished() {
    published = true;
  }

  void listenerBound() {
    bound = true;
  }

  void stopping() {
    stopping = true;
  }

  boolean ready() {
    return published && bound && !stopping;
  }

  ObjectNode report() {
    ObjectNode report = Json.object();
    report.put("status", stopping ? "stopping" : ready() ? "ready" : "starting");
    ObjectNode checks = report.putObject("checks");
    checks.put("configuration", "loaded");
    checks.put("store", store());
    checks.put("stages", published ? "published" : "compiling");
    checks.put("listener", bound ? "bound" : "not bound");
    return report;
  }

  private String store() {
    try {
      boolean _ = store.read(view -> view.get(PROBE) == null);
      return "reachable";
    } catch (StoreException e) {
      return "not reachable, the last snapshot is served: " + e.getMessage();
    }
  }
}
