package io.portico.gateway.compile.httpapi;

import io.portico.gateway.compile.RouteLimits;
import io.portico.gateway.model.v2.ApiDefinition;
import io.portico.gateway.model.v2.IntegrationRecord;
import io.portico.gateway.model.v2.RouteRecord;
import io.portico.gateway.model.v2.StageRecord;
import io.portico.gateway.snapshot.httpapi.RouteAuthorization;
import io.portico.gateway.snapshot.httpapi.RouteIntegration;
import io.portico.gateway.snapshot.httpapi.RouteSnapshot;
import io.portico.gateway.snapshot.httpapi.RouteSnapshot.PathVariable;
import io.portico.gateway.snapshot.httpapi.RouteTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compiles an API's routes into the table that requests are routed by. */
final class RouteCompiler {
  private static final String ANY = "ANY";
  private static final String TARGET = "integrations/";

  private final ApiDefinition definition;
  private final StageRecord stage;
  private final RouteAuthorizerCompiler authorizers;
  private final RouteIntegrationCompiler integrations;

  RouteCompiler(
      ApiDefinition definition,
      StageRecord stage,
      RouteAuthorizerCompiler authorizers,
      RouteIntegrationCompiler integrations) {
    this.definition = definition;
    this.stage = stage;
    this.authorizers = authorizers;
    this.integrations = integrations;
  }

  RouteTable compile() {
    Branch root = new Branch();
    RouteSnapshot fallback = null;
    Set<RouteAuthorization> authorizations = new HashSet<>();
    for (RouteRecord record : definition.routes()) {
      RouteSnapshot route = route(record);
      authorizations.add(route.authorization());
      if (route.isDefault()) {
        fallback = route;
      } else {
        root.add(route);
      }
    }
    return new RouteTable(root.node(), fallback, isOneAuthorization(authorizations));
  }

  /**
   * By policies and functions callers may be let in to one route and not to another, though both
   * name the same; not so where nobody is asked, or the same token is.
   */
  private static boolean isOneAuthorization(Set<RouteAuthorization> authorizations) {
    return authorizations.size() <= 1
        && authorizations.stream()
            .allMatch(
                each ->
                    each instanceof RouteAuthorization.Open
                        || each instanceof RouteAuthorization.Jwt);
  }

  /** A node that is still growing. */
  private static final class Branch {
    private final Map<String, RouteSnapshot> routes = new HashMap<>();
    private final Map<String, Branch> children = new HashMap<>();
    private @Nullable Branch variable;
    private @Nullable Branch greedy;

    void add(RouteSnapshot route) {
      Branch at = this;
      for (String segment : segments(route.path())) {
        at = at.next(segment);
      }
      at.routes.put(route.httpMethod(), route);
    }

    private Branch next(String segment) {
      if (!isVariable(segment)) {
        return children.computeIfAbsent(segment, name -> new Branch());
      }
      if (segment.endsWith("+}")) {
        Branch own = greedy == null ? new Branch() : greedy;
        greedy = own;
        return own;
      }
      Branch own = variable == null ? new Branch() : variable;
      variable = own;
      return own;
    }

    RouteTable.Node node() {
      Map<String, RouteTable.Node> nodes = new HashMap<>();
      children.forEach((segment, child) -> nodes.put(segment, child.node()));
      return new RouteTable.Node(
          Map.copyOf(routes),
          Map.copyOf(nodes),
          variable == null ? null : variable.node(),
          greedy == null ? null : greedy.node());
    }
  }

  private RouteSnapshot route(RouteRecord record) {
    String key = record.routeKey();
    int blank = key.indexOf(' ');
    String method = blank < 0 ? ANY : key.substring(0, blank);
    String path = key.substring(blank + 1);
    RouteLimits limits = RouteLimits.of(stage, key);
    return new RouteSnapshot(
        record.routeId(),
        key,
        method,
        path,
        variables(path),
        authorizers.compile(record),
        integration(record),
        limits.throttle(),
        limits.metricsEnabled());
  }

  private static List<String> segments(String path) {
    return path.equals("/") ? List.of() : List.of(path.substring(1).split("/", -1));
  }

  private static boolean isVariable(String segment) {
    return segment.startsWith("{") && segment.endsWith("}");
  }

  private static List<PathVariable> variables(String path) {
    List<PathVariable> variables = new ArrayList<>();
    List<String> segments = path.startsWith("/") ? segments(path) : List.of();
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      if (isVariable(segment)) {
        boolean greedy = segment.endsWith("+}");
        variables.add(
            new PathVariable(segment.substring(1, segment.length() - (greedy ? 2 : 1)), i, greedy));
      }
    }
    return List.copyOf(variables);
  }

  private RouteIntegration integration(RouteRecord record) {
    String target = record.target();
    if (target == null || !target.startsWith(TARGET)) {
      return new RouteIntegration.Broken("the route has no integration");
    }
    String id = target.substring(TARGET.length());
    for (IntegrationRecord integration : definition.integrations()) {
      if (integration.integrationId().equals(id)) {
        return integrations.compile(integration);
      }
    }
    return new RouteIntegration.Broken("there is no integration " + id);
  }
}
