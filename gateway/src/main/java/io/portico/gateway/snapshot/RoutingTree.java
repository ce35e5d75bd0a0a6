package io.portico.gateway.snapshot;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An API's resources as a tree of path segments.
 *
 * @param root the resource {@code /}
 */
public record RoutingTree(Node root) {

  /** Leads nowhere. */
  public static final RoutingTree NOWHERE =
      new RoutingTree(new Node("", "/", Map.of(), Map.of(), null, null));

  /** What the private integrations of all methods lead to. */
  public Set<TargetGroup> targetGroups() {
    Set<TargetGroup> groups = new HashSet<>();
    collect(root, groups);
    return Set.copyOf(groups);
  }

  private static void collect(Node node, Set<TargetGroup> groups) {
    for (MethodSnapshot method : node.methods.values()) {
      TargetGroup group = method.integration().targets();
      if (group != null) {
        groups.add(group);
      }
    }
    node.children.values().forEach(child -> collect(child, groups));
    if (node.variable != null) {
      collect(node.variable.node, groups);
    }
    if (node.greedy != null) {
      collect(node.greedy.node, groups);
    }
  }

  /**
   * A resource.
   *
   * @param resourceId its id
   * @param path as configured, such as {@code /pets/{petId}}
   * @param methods by HTTP method; {@code ANY} serves what is not listed
   * @param children by literal path segment
   * @param variable the child that takes any one segment, or null
   * @param greedy the child that takes one or more segments, or null
   */
  public record Node(
      String resourceId,
      String path,
      Map<String, MethodSnapshot> methods,
      Map<String, Node> children,
      @Nullable VariableNode variable,
      @Nullable VariableNode greedy) {}

  /**
   * A resource whose path part is a variable.
   *
   * @param name the variable, without braces and without {@code +}
   * @param node the resource
   */
  public record VariableNode(String name, Node node) {}
}
