package io.portico.gateway.compile;

import io.portico.gateway.model.ResourceRecord;
import io.portico.gateway.snapshot.MethodSnapshot;
import io.portico.gateway.snapshot.RoutingTree;
import io.portico.gateway.snapshot.RoutingTree.Node;
import io.portico.gateway.snapshot.RoutingTree.VariableNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compiles an API's resources into the tree that is routed on. */
final class RoutingCompiler {
  private final Map<String, List<ResourceRecord>> childrenOf = new HashMap<>();
  private final MethodCompiler methods;
  private @Nullable ResourceRecord root;

  RoutingCompiler(List<ResourceRecord> resources, MethodCompiler methods) {
    this.methods = methods;
    for (ResourceRecord resource : resources) {
      if (resource.parentId() == null) {
        root = resource;
      } else {
        childrenOf.computeIfAbsent(resource.parentId(), id -> new ArrayList<>()).add(resource);
      }
    }
  }

  RoutingTree compile() {
    if (root == null) {
      throw new IllegalArgumentException("an API without a root resource");
    }
    return new RoutingTree(node(root));
  }

  private Node node(ResourceRecord resource) {
    Map<String, Node> literal = new HashMap<>();
    VariableNode variable = null;
    VariableNode greedy = null;
    for (ResourceRecord child : childrenOf.getOrDefault(resource.id(), List.of())) {
      String part = child.pathPart() == null ? "" : child.pathPart();
      if (part.startsWith("{") && part.endsWith("+}")) {
        greedy = new VariableNode(part.substring(1, part.length() - 2), node(child));
      } else if (part.startsWith("{") && part.endsWith("}")) {
        variable = new VariableNode(part.substring(1, part.length() - 1), node(child));
      } else {
        literal.put(part, node(child));
      }
    }
    Map<String, MethodSnapshot> compiled = new HashMap<>();
    resource
        .methods()
        .forEach((verb, method) -> compiled.put(verb, methods.compile(resource, method)));
    return new Node(
        resource.id(),
        resource.path(),
        Map.copyOf(compiled),
        Map.copyOf(literal),
        variable,
        greedy);
  }
}
