package io.portico.gateway.execute.telemetry;

import io.portico.gateway.snapshot.CanaryRelease;
import io.portico.gateway.snapshot.MethodSettings;
import io.portico.gateway.snapshot.MethodSnapshot;
import io.portico.gateway.snapshot.RoutingTree;
import io.portico.gateway.snapshot.StageSnapshot;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The routes of a stage, those of its canary release among them. */
final class StageRoutes {
  private final Set<Route> all = new HashSet<>();
  private final Set<Route> metered = new HashSet<>();

  StageRoutes(StageSnapshot stage) {
    add(stage.routes().root());
    CanaryRelease canary = stage.canary();
    if (canary != null) {
      add(canary.stage().routes().root());
    }
  }

  private void add(RoutingTree.Node node) {
    node.methods().values().forEach(this::add);
    node.children().values().forEach(this::add);
    if (node.variable() != null) {
      add(node.variable().node());
    }
    if (node.greedy() != null) {
      add(node.greedy().node());
    }
  }

  private void add(MethodSnapshot method) {
    for (Map.Entry<String, MethodSettings> served : method.settings().entrySet()) {
      Route route = new Route(method.resourcePath(), served.getKey());
      all.add(route);
      if (served.getValue().metricsEnabled()) {
        metered.add(route);
      }
    }
  }

  boolean has(Route route) {
    return all.contains(route);
  }

  /** Whether its requests have metrics of their own. */
  boolean meters(Route route) {
    return metered.contains(route);
  }
}
