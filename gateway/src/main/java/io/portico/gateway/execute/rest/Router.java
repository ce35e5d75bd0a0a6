package io.portico.gateway.execute.rest;

import io.portico.gateway.execute.CanonicalPath;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.MethodSnapshot;
import io.portico.gateway.snapshot.RoutingTree;
import io.portico.gateway.snapshot.RoutingTree.Node;
import io.portico.gateway.snapshot.RoutingTree.VariableNode;
import io.portico.gateway.snapshot.StageSnapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * <b>Routing</b>: path and verb to a method. The first stage.
 *
 * <p>A literal segment wins over <code>{name}</code>, that over <code>{name+}</code>; a resource
 * without a method for the verb is passed over, and {@code ANY} serves what its resource does not
 * list (recorded, facts RTE-02 to RTE-05).
 *
 * <p>Faults: {@code MISSING_AUTHENTICATION_TOKEN} where nothing matches (recorded, facts RTE-01);
 * {@code DEFAULT_4XX} for a path that could mean two resources.
 */
final class Router {

  /**
   * @param stage that of the invocation
   */
  MethodMatch route(Invocation invocation, StageSnapshot stage) {
    CanonicalPath path = invocation.path();
    if (path.defect() != null) {
      throw badRequest(path.defect());
    }
    String verb = invocation.httpMethod();
    RoutingTree routes = stage.routes();
    Search search = new Search(verb, path.segments());
    MethodSnapshot method = search.from(routes.root(), 0);
    if (method == null) {
      throw new GatewayFault(GatewayResponseType.MISSING_AUTHENTICATION_TOKEN, FaultCause.NO_METHOD)
          .because("no method for " + verb + " " + path);
    }
    // A backend that decodes more than we do must not be led to what another resource guards.
    List<String> decoded = path.decodedSegments();
    if (decoded != null) {
      MethodSnapshot other = new Search(verb, decoded).from(routes.root(), 0);
      if (other != null && !other.resourceId().equals(method.resourceId())) {
        throw badRequest(
            "the path reads as "
                + method.resourcePath()
                + " and, decoded, as "
                + other.resourcePath());
      }
    }
    return new MethodMatch(invocation, stage, method, search.variables(path));
  }

  /**
   * A method that is called whatever the path. The path gives its variables if it leads to the
   * method's resource; if it does not, there are none (recorded, facts TIN-05).
   */
  MethodMatch match(Invocation invocation, StageSnapshot stage, MethodSnapshot method) {
    CanonicalPath path = invocation.path();
    if (path.defect() != null) {
      throw badRequest(path.defect());
    }
    return new MethodMatch(
        invocation, stage, method, ResourcePath.variables(method.resourcePath(), path));
  }

  private static GatewayFault badRequest(String reason) {
    return new GatewayFault(GatewayResponseType.DEFAULT_4XX, FaultCause.AMBIGUOUS_PATH)
        .because(reason);
  }

  /** One walk down the tree. Each resource is visited once at most: it has one depth. */
  private static final class Search {
    private final String verb;
    private final boolean served;
    private final List<String> segments;
    private final @Nullable String[] names;
    private int greedyFrom = -1;

    Search(String verb, List<String> segments) {
      this.verb = verb;
      this.served = isServed(verb);
      this.segments = segments;
      this.names = new @Nullable String[segments.size()];
    }

    @Nullable MethodSnapshot from(Node node, int depth) {
      if (depth == segments.size()) {
        return method(node);
      }
      String segment = segments.get(depth);
      Node literal = node.children().get(segment);
      if (literal != null) {
        MethodSnapshot method = from(literal, depth + 1);
        if (method != null) {
          return method;
        }
      }
      VariableNode variable = node.variable();
      if (variable != null && !segment.isEmpty()) {
        MethodSnapshot method = from(variable.node(), depth + 1);
        if (method != null) {
          names[depth] = variable.name();
          return method;
        }
      }
      VariableNode greedy = node.greedy();
      if (greedy != null && isAnythingLeft(depth)) {
        MethodSnapshot method = method(greedy.node());
        if (method != null) {
          names[depth] = greedy.name();
          greedyFrom = depth;
          return method;
        }
      }
      return null;
    }

    /** Names are set from the leaf up, so only those of the way that led to the method. */
    Map<String, String> variables(CanonicalPath path) {
      Map<String, String> variables = null;
      for (int i = 0; i < names.length; i++) {
        String name = names[i];
        if (name != null) {
          variables = variables == null ? new LinkedHashMap<>() : variables;
          variables.put(name, i == greedyFrom ? path.from(i) : segments.get(i));
        }
      }
      return variables == null ? Map.of() : variables;
    }

    private boolean isAnythingLeft(int depth) {
      for (int i = depth; i < segments.size(); i++) {
        if (!segments.get(i).isEmpty()) {
          return true;
        }
      }
      return false;
    }

    private @Nullable MethodSnapshot method(Node node) {
      if (!served) {
        return null;
      }
      MethodSnapshot exact = node.methods().get(verb);
      return exact != null ? exact : node.methods().get("ANY");
    }

    /**
     * AWS: {@code ANY} stands for these seven, and is none itself; source: documented,
     * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-settings-method-request.html
     */
    private static boolean isServed(String verb) {
      return switch (verb) {
        case "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT" -> true;
        default -> false;
      };
    }
  }
}
