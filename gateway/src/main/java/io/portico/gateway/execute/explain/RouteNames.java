package io.portico.gateway.execute.explain;

import io.portico.gateway.snapshot.RoutingTree;
import io.portico.gateway.snapshot.ServedStage;
import io.portico.gateway.snapshot.StageSnapshot;
import io.portico.gateway.snapshot.httpapi.HttpStage;
import io.portico.gateway.snapshot.httpapi.RouteSnapshot;
import io.portico.gateway.snapshot.httpapi.RouteTable;
import io.portico.gateway.snapshot.websocket.WebSocketStage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a stage serves, by names such as {@code GET /pets/{petId}}. */
final class RouteNames {
  private RouteNames() {}

  /** None where the stage is not known. */
  static List<String> of(@Nullable ServedStage stage) {
    List<String> names = new ArrayList<>();
    switch (stage) {
      case StageSnapshot rest -> collect(rest.routes().root(), names);
      case HttpStage http -> {
        collect(http.routes().root(), names);
        RouteSnapshot fallback = http.routes().fallback();
        if (fallback != null) {
          names.add(fallback.routeKey());
        }
      }
      case WebSocketStage webSocket -> names.addAll(webSocket.routes().keySet());
      case null, default -> {}
    }
    names.sort(null);
    return names;
  }

  private static void collect(RoutingTree.Node node, List<String> names) {
    node.methods().keySet().forEach(verb -> names.add(verb + " " + node.path()));
    node.children().values().forEach(child -> collect(child, names));
    if (node.variable() != null) {
      collect(node.variable().node(), names);
    }
    if (node.greedy() != null) {
      collect(node.greedy().node(), names);
    }
  }

  private static void collect(RouteTable.Node node, List<String> names) {
    node.routes().values().forEach(route -> names.add(route.routeKey()));
    node.children().values().forEach(child -> collect(child, names));
    if (node.variable() != null) {
      collect(node.variable(), names);
    }
    if (node.greedy() != null) {
      collect(node.greedy(), names);
    }
  }
}
