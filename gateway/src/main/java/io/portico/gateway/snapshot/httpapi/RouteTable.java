package io.portico.gateway.snapshot.httpapi;

import java.util.Map;
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
