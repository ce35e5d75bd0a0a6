package io.portico.gateway.control.v1;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.model.ResourceRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An API's resources as the tree they form, and what AWS demands of it: unique names and at most
 * one path variable among siblings, nothing below a greedy variable.
 */
final class ResourceTree {
  // AWS: "$" is taken too, though the text does not say so; source: documented by users of AWS CDK.
  private static final Pattern LITERAL = Pattern.compile("[a-zA-Z0-9._\\-:$]+");
  private static final Pattern VARIABLE = Pattern.compile("\\{[a-zA-Z0-9._\\-:$]+\\+?}");

  private final Map<String, ResourceRecord> byId = new LinkedHashMap<>();

  ResourceTree(List<ResourceRecord> resources) {
    for (ResourceRecord resource : resources) {
      byId.put(resource.id(), resource);
    }
  }

  /** Every resource, as changed. */
  List<ResourceRecord> all() {
    return List.copyOf(byId.values());
  }

  @Nullable ResourceRecord find(String id) {
    return byId.get(id);
  }

  /** The resource and everything below it. */
  List<ResourceRecord> subtree(ResourceRecord top) {
    List<ResourceRecord> found = new ArrayList<>();
    found.add(top);
    for (int i = 0; i < found.size(); i++) {
      String parentId = found.get(i).id();
      for (ResourceRecord resource : byId.values()) {
        if (parentId.equals(resource.parentId())) {
          found.add(resource);
        }
      }
    }
    return found;
  }

  /**
   * Puts a resource, new or changed, at its place and gives it and what is below it their paths.
   *
   * @return the resource with its path
   * @throws ServiceException if it cannot stand there
   */
  ResourceRecord place(ResourceRecord resource) {
    if (resource.parentId() == null || resource.pathPart() == null) {
      throw new IllegalArgumentException("the root has its place");
    }
    ResourceRecord parent = byId.get(resource.parentId());
    if (parent == null) {
      // AWS: source: RES-03, RES-06.
      throw ServiceException.notFound("Invalid Resource identifier specified");
    }
    checkName(resource.pathPart());
    checkAcyclic(resource, parent);
    checkParent(parent);
    checkSiblings(resource, resource.parentId(), resource.pathPart());
    byId.put(resource.id(), resource);
    for (ResourceRecord moved : subtree(resource)) {
      byId.put(moved.id(), moved.withPath(pathOf(moved)));
    }
    return byId.get(resource.id());
  }

  private String pathOf(ResourceRecord resource) {
    ResourceRecord parent = byId.get(resource.parentId());
    String above = parent == null || parent.atRoot() ? "" : parent.path();
    return above + "/" + resource.pathPart();
  }

  private static void checkName(String pathPart) {
    if (pathPart.isEmpty()) {
      throw ServiceException.badRequest("Resource's path part must be specified");
    }
    if (!LITERAL.matcher(pathPart).matches() && !VARIABLE.matcher(pathPart).matches()) {
      throw ServiceException.badRequest(
          "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly"
              + " braces at the beginning and the end.");
    }
  }

  // AWS: source: RES-08.
  private void checkAcyclic(ResourceRecord resource, ResourceRecord parent) {
    ResourceRecord above = parent;
    while (above != null) {
      if (above.id().equals(resource.id())) {
        throw ServiceException.badRequest("Resources cannot be cyclical.");
      }
      above = above.parentId() == null ? null : byId.get(above.parentId());
    }
  }

  // AWS: nothing can follow a greedy variable; source: documented, the text is assumed.
  private static void checkParent(ResourceRecord parent) {
    if (greedy(parent.pathPart())) {
      throw ServiceException.badRequest(
          "Cannot create a child of a resource with a greedy path variable: " + parent.pathPart());
    }
  }

  private static boolean greedy(@Nullable String pathPart) {
    return pathPart != null && pathPart.endsWith("+}");
  }

  private void checkSiblings(ResourceRecord resource, String parentId, String pathPart) {
    for (ResourceRecord sibling : byId.values()) {
      if (parentId.equals(sibling.parentId()) && !sibling.id().equals(resource.id())) {
        // AWS: source: RES-07.
        if (pathPart.equals(sibling.pathPart())) {
          throw ServiceException.conflict(
              "Another resource with the same parent already has this name: " + pathPart);
        }
      }
    }
    if (!pathPart.startsWith("{")) {
      return;
    }
    for (ResourceRecord sibling : byId.values()) {
      String name = sibling.pathPart();
      if (parentId.equals(sibling.parentId())
          && !sibling.id().equals(resource.id())
          && name != null
          && name.startsWith("{")) {
        // AWS: greedy or not makes no difference; source: reported by users of Serverless.
        throw ServiceException.badRequest(
            "A sibling ("
                + name
                + ") of this resource already has a variable path part -- only one is allowed");
      }
    }
  }

  /** Whether a resource renamed to a greedy variable would have something below it. */
  void checkLeafIfGreedy(ResourceRecord resource) {
    if (greedy(resource.pathPart()) && subtree(resource).size() > 1) {
      throw ServiceException.badRequest(
          "Cannot create a child of a resource with a greedy path variable: "
              + resource.pathPart());
    }
  }
}
