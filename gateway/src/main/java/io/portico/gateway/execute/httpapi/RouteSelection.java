package io.portico.gateway.execute.httpapi;

import io.portico.gateway.execute.CanonicalPath;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.RouteMatch;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.httpapi.HttpStage;
import io.portico.gateway.snapshot.httpapi.RouteAuthorization;
import io.portico.gateway.snapshot.httpapi.RouteSnapshot;
import io.portico.gateway.snapshot.httpapi.RouteSnapshot.PathVariable;
import io.portico.gateway.snapshot.httpapi.RouteTable;
import io.portico.gateway.snapshot.httpapi.RouteTable.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * <b>Route selection</b>: path and HTTP method to a route. The first stage.
 *
 * <p>AWS: a route that matches wholly goes before one with a greedy variable, that before {@code
 * $default}; source: documented, see below. That of several the one wins whose segments are more
 * often literal, from the left, and then the one that names the method, is its example; a slash at
 * the end is a segment of its own, which is reported by users.
 *
 * <p>Fault: {@code DEFAULT_4XX} for a path that could mean two routes, where an API's routes do not
 * all let in the same callers.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html#http-api-develop-routes.evaluation">Routing
 *     API requests</a>
 */
final class RouteSelection {
  private static final String ANY = "ANY";

  /**
   * The route of a call, or null where there is none.
   *
   * @param stage that of the invocation
   */
  @Nullable RouteMatch select(Invocation invocation, HttpStage stage) {
    CanonicalPath path = invocation.path();
    if (path.defect() != null) {
      throw badRequest(path.defect());
    }
    String method = invocation.httpMethod();
    if (!isServed(method)) {
      return null;
    }
    RouteTable routes = stage.routes();
    List<String> segments = segments(path.text());
    RouteSnapshot route = find(routes, method, segments);
    if (route == null) {
      return null;
    }
    if (!routes.oneAuthorization()) {
      checkDecoded(routes, method, path, route);
      checkWithoutSlash(routes, method, segments, route);
    }
    return new RouteMatch(invocation, stage, route, parameters(route, segments));
  }

  /**
   * A backend that decodes more than we do must not be led to what another route guards. It may
   * decode less than all of it, and so read yet another route: that this other one is open says
   * nothing.
   */
  private static void checkDecoded(
      RouteTable routes, String method, CanonicalPath path, RouteSnapshot route) {
    List<String> decoded = path.decodedSegments();
    RouteSnapshot other = decoded == null ? null : find(routes, method, decoded);
    if (other != null && !other.isDefault() && !isSame(other, route)) {
      throw badRequest("the path, decoded, reads as that of " + other.routeKey());
    }
  }

  /**
   * A backend that thinks nothing of a slash at the end must not be led to what is guarded without
   * it, nor must it matter whether AWS does.
   */
  private static void checkWithoutSlash(
      RouteTable routes, String method, List<String> segments, RouteSnapshot route) {
    if (segments.isEmpty() || !segments.getLast().isEmpty()) {
      return;
    }
    RouteSnapshot other = find(routes, method, segments.subList(0, segments.size() - 1));
    if (other != null
        && !other.isDefault()
        && !isSame(other, route)
        && !(other.authorization() instanceof RouteAuthorization.Open)) {
      throw badRequest(
          "without its slash at the end the path reads as that of " + other.routeKey());
    }
  }

  private static boolean isSame(RouteSnapshot one, RouteSnapshot other) {
    return one.routeKey().equals(other.routeKey());
  }

  /** AWS: the methods of routes, {@code ANY} aside; source: documented, CreateRoute. */
  private static boolean isServed(String method) {
    return switch (method) {
      case "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT" -> true;
      default -> false;
    };
  }

  private static GatewayFault badRequest(String reason) {
    return new GatewayFault(
            GatewayResponseType.DEFAULT_4XX, FaultCause.AMBIGUOUS_PATH, "Bad Request")
        .because(reason);
  }

  /** None for the root; one that is empty behind a slash at the end. */
  private static List<String> segments(String path) {
    return path.equals("/") ? List.of() : List.of(path.substring(1).split("/", -1));
  }

  private static @Nullable RouteSnapshot find(
      RouteTable routes, String method, List<String> segments) {
    RouteSnapshot whole = whole(routes.root(), method, segments, 0);
    if (whole != null) {
      return whole;
    }
    RouteSnapshot greedy = greedy(routes.root(), method, segments, 0);
    return greedy != null ? greedy : routes.fallback();
  }

  private static @Nullable RouteSnapshot whole(
      Node node, String method, List<String> segments, int depth) {
    if (depth == segments.size()) {
      return route(node, method);
    }
    String segment = segments.get(depth);
    Node literal = node.children().get(segment);
    RouteSnapshot route = literal == null ? null : whole(literal, method, segments, depth + 1);
    Node variable = node.variable();
    return route != null || variable == null || segment.isEmpty()
        ? route
        : whole(variable, method, segments, depth + 1);
  }

  private static @Nullable RouteSnapshot greedy(
      Node node, String method, List<String> segments, int depth) {
    if (depth == segments.size()) {
      return null;
    }
    String segment = segments.get(depth);
    Node literal = node.children().get(segment);
    RouteSnapshot route = literal == null ? null : greedy(literal, method, segments, depth + 1);
    Node variable = node.variable();
    if (route == null && variable != null && !segment.isEmpty()) {
      route = greedy(variable, method, segments, depth + 1);
    }
    Node greedy = node.greedy();
    return route != null || greedy == null || !isAnythingLeft(segments, depth)
        ? route
        : route(greedy, method);
  }

  private static boolean isAnythingLeft(List<String> segments, int depth) {
    for (int i = depth; i < segments.size(); i++) {
      if (!segments.get(i).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable RouteSnapshot route(Node node, String method) {
    RouteSnapshot exact = node.routes().get(method);
    return exact != null ? exact : node.routes().get(ANY);
  }

  private static Map<String, String> parameters(RouteSnapshot route, List<String> segments) {
    if (route.variables().isEmpty()) {
      return Map.of();
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    for (PathVariable variable : route.variables()) {
      int at = variable.segment();
      parameters.put(
          variable.name(),
          variable.greedy()
              ? String.join("/", segments.subList(at, segments.size()))
              : segments.get(at));
    }
    return parameters;
  }
}
