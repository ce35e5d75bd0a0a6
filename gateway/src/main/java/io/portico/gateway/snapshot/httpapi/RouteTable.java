package io.portico.gateway.snapshot.httpapi;

import io.portico.gateway.snapshot.TargetGroup;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The routes of an HTTP API, by the segments of their paths.
 *
 * @param fallback the route {@code $default}, or null where there is none
 * @param oneAuthorization whether whoever is let in to one route is let in to all others, so that
 *     it does not matter which of them a backend would read out of a path
 */
public record RouteTable(Node root, @Nullable RouteSnapshot fallback, boolean oneAuthorization) {
  /** No route at all. */
  public static final RouteTable EMPTY =
      new RouteTable(new Node(Map.of(), Map.of(), null, null), null, true);

  /** What the private integrations of all routes lead to. */
  public Set<TargetGroup> targetGroups() {
    Set<TargetGroup> groups = new HashSet<>();
    collect(root, groups);
    if (fallback != null) {
      collect(fallback, groups);
    }
    return Set.copyOf(groups);
  }

  private static void collect(Node node, Set<TargetGroup> groups) {
    node.routes.values().forEach(route -> collect(route, groups));
    node.children.values().forEach(child -> collect(child, groups));
    if (node.variable != null) {
      collect(node.variable, groups);
    }
    if (node.greedy != null) {
      collect(node.greedy, groups);
    }
  }

  private static void collect(RouteSnapshot route, Set<TargetGroup> groups) {
    TargetGroup group = route.integration().targets();
    if (group != null) {
      groups.add(group);
    }
  }

  /**
   * What a path leads to.
   *
   * @param routes by HTTP method, {@code ANY} among them
   * @param children by the next segment, which is empty behind a slash at the end
   * @param variable <code>{name}</code>: any segment, or null
   * @param greedy <code>{name+}</code>: all that is left, or null; a leaf
   */
  public record Node(
      Map<String, RouteSnapshot> routes,
      Map<String, Node> children,
      @Nullable Node variable,
      @Nullable Node greedy) {}
}
