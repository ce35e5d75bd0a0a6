package io.portico.gateway.control.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the operation of a request by method, path and the constant parts of the query.
 *
 * <p>A label takes one segment, decoded once, so that an encoded slash (as in the ARN of
 * TagResource) stays within it; a greedy label ({@code {name+}}) takes the rest of the path. A
 * literal segment wins over a label. One slash at the end is ignored: {@code GET /restapis/} is
 * GetRestApis, as clients find that send an empty id; source: reported by users of AWS's own CLI.
 */
final class OperationRouter {
  private final Node root = new Node();

  OperationRouter(ServiceModel model) {
    for (Operation operation : model.operations()) {
      add(operation);
    }
  }

  /**
   * @param labels decoded, by the label's name
   */
  record Route(Operation operation, Map<String, String> labels) {}

  /** A place in the tree of paths. */
  private static final class Node {
    final Map<String, Node> literals = new HashMap<>();
    final List<Operation> operations = new ArrayList<>();
    @Nullable Node label;
    @Nullable Node greedyLabel;
  }

  private void add(Operation operation) {
    Node node = root;
    for (String segment : operation.path()) {
      node = isLabel(segment) ? labelOf(node, segment) : literalOf(node, segment);
    }
    node.operations.add(operation);
    node.operations.sort((a, b) -> Integer.compare(b.query().size(), a.query().size()));
  }

  private static Node literalOf(Node node, String segment) {
    return node.literals.computeIfAbsent(segment, literal -> new Node());
  }

  private static Node labelOf(Node node, String segment) {
    if (isGreedy(segment)) {
      Node greedy = node.greedyLabel == null ? new Node() : node.greedyLabel;
      node.greedyLabel = greedy;
      return greedy;
    }
    Node label = node.label == null ? new Node() : node.label;
    node.label = label;
    return label;
  }

  /**
   * @param rawPath as it stood on the wire, with its first slash
   * @return null where no operation matches
   * @throws ServiceException if the path is malformed
   */
  @Nullable Route find(String method, String rawPath, QueryParameters query) {
    if (!rawPath.startsWith("/")) {
      return null;
    }
    String path =
        rawPath.endsWith("/")
            ? rawPath.substring(1, Math.max(rawPath.length() - 1, 1))
            : rawPath.substring(1);
    List<String> segments = new ArrayList<>();
    for (String segment : path.split("/", -1)) {
      segments.add(PercentEncoding.decodeSegment(segment));
    }
    Operation operation = find(root, method, segments, 0, query);
    return operation == null ? null : new Route(operation, labels(operation, segments));
  }

  private static @Nullable Operation find(
      Node node, String method, List<String> segments, int at, QueryParameters query) {
    if (at == segments.size()) {
      return matching(node, method, query);
    }
    String segment = segments.get(at);
    Node literal = node.literals.get(segment);
    Operation found = literal == null ? null : find(literal, method, segments, at + 1, query);
    if (found == null && node.label != null && !segment.isEmpty()) {
      found = find(node.label, method, segments, at + 1, query);
    }
    if (found == null && node.greedyLabel != null) {
      found = matching(node.greedyLabel, method, query);
    }
    return found;
  }

  private static @Nullable Operation matching(Node node, String method, QueryParameters query) {
    for (Operation operation : node.operations) {
      if (operation.method().equals(method)
          && operation.query().entrySet().stream()
              .allMatch(part -> part.getValue().equals(query.first(part.getKey())))) {
        return operation;
      }
    }
    return null;
  }

  private static Map<String, String> labels(Operation operation, List<String> segments) {
    Map<String, String> labels = new HashMap<>();
    List<String> template = operation.path();
    for (int i = 0; i < template.size(); i++) {
      String part = template.get(i);
      if (isGreedy(part)) {
        labels.put(
            part.substring(1, part.length() - 2),
            String.join("/", segments.subList(i, segments.size())));
      } else if (isLabel(part)) {
        labels.put(part.substring(1, part.length() - 1), segments.get(i));
      }
    }
    return labels;
  }

  private static boolean isLabel(String segment) {
    return segment.startsWith("{");
  }

  private static boolean isGreedy(String segment) {
    return segment.endsWith("+}");
  }
}
