package io.portico.gateway.execute.telemetry;

import io.portico.gateway.snapshot.httpapi.HttpStage;
import io.portico.gateway.snapshot.httpapi.RouteSnapshot;
import io.portico.gateway.snapshot.httpapi.RouteTable;
import java.util.HashMap;
import java.util.Map;

/** The routes of a stage of an HTTP API, as configured. */
final class HttpStageRoutes {
  private static final String ANY = "ANY";

  private final Map<Route, RouteSnapshot> all = new HashMap<>();

  HttpStageRoutes(HttpStage stage) {
    RouteSnapshot fallback = stage.routes().fallback();
    if (fallback != null) {
      add(fallback);
    }
    add(stage.routes().root());
  }

  private void add(RouteTable.Node node) {
    node.routes().values().forEach(this::add);
    node.children().values().forEach(this::add);
    if (node.variable() != null) {
      add(node.variable());
    }
    if (node.greedy() != null) {
      add(node.greedy());
    }
  }

  private void add(RouteSnapshot route) {
    all.put(configured(route), route);
  }

  static Route configured(RouteSnapshot route) {
    return new Route(route.path(), route.httpMethod());
  }

  /**
   * @param route by the method that is called
   */
  boolean has(Route route) {
    return all.containsKey(route) || all.containsKey(new Route(route.path(), ANY));
  }

  /** Whether its requests have metrics of their own. */
  boolean meters(Route configured) {
    RouteSnapshot route = all.get(configured);
    return route != null && route.metricsEnabled();
  }
}
