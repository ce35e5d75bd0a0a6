package io.portico.gateway.control.rules;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.model.ResourceRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An API's resources as the tree they form, and what AWS demands of it: unique names and at most
 * one path variable among siblings, nothing below a greedy variable.
 */
public final class ResourceTree {
  // AWS: "$" is taken too, though the text does not say so; source: documented by users of AWS CDK.
  private static final Pattern LITERAL = Pattern.compile("[a-zA-Z0-9._\\-:$]+");
  private static final Pattern VARIABLE = Pattern.compile("\\{[a-zA-Z0-9._\\-:$]+\\+?}");

  private final Map<String, ResourceRecord> byId = new LinkedHashMap<>();

  /** By the parent's id: the children's ids by path part. */
  private final Map<String, Map<String, String>> children = new HashMap<>();

  /** By the parent's id: the path part of the child that is a variable. */
  private final Map<String, String> variables = new HashMap<>();

  public ResourceTree(List<ResourceRecord> resources) {
    for (ResourceRecord resource : resources) {
      byId.put(resource.id(), resource);
      link(resource);
    }
  }

  /** How many resources there are, the root among them. */
  public int size() {
    return byId.size();
  }

  private void link(ResourceRecord resource) {
    String parentId = resource.parentId();
    String pathPart = resource.pathPart();
    if (parentId != null && pathPart != null) {
      children.computeIfAbsent(parentId, id -> new LinkedHashMap<>()).put(pathPart, resource.id());
      if (variable(pathPart)) {
        variables.put(parentId, pathPart);
      }
    }
  }

  private void unlink(ResourceRecord resource) {
    String parentId = resource.parentId();
    String pathPart = resource.pathPart();
    if (parentId != null && pathPart != null) {
      siblings(parentId).remove(pathPart);
      variables.remove(parentId, pathPart);
    }
  }

  private Map<String, String> siblings(String parentId) {
    return children.getOrDefault(parentId, Map.of());
  }

  private static boolean variable(String pathPart) {
    return pathPart.startsWith("{");
  }

  /** Every resource, as changed. */
  public List<ResourceRecord> all() {
    return List.copyOf(byId.values());
  }

  public @Nullable ResourceRecord find(String id) {
    return byId.get(id);
  }

  /** The resource and everything below it. */
  public List<ResourceRecord> subtree(ResourceRecord top) {
    List<ResourceRecord> found = new ArrayList<>();
    found.add(top);
    for (int i = 0; i < found.size(); i++) {
      for (String id : siblings(found.get(i).id()).values()) {
        ResourceRecord child = byId.get(id);
        if (child != null) {
          found.add(child);
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
  public ResourceRecord place(ResourceRecord resource) {
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
    ResourceRecord before = byId.put(resource.id(), resource);
    if (before != null) {
      unlink(before);
    }
    link(resource);
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
    String sameName = siblings(parentId).get(pathPart);
    if (sameName != null && !sameName.equals(resource.id())) {
      // AWS: source: RES-07.
      throw ServiceException.conflict(
          "Another resource with the same parent already has this name: " + pathPart);
    }
    String variable = variables.get(parentId);
    if (variable(pathPart)
        && variable != null
        && !resource.id().equals(siblings(parentId).get(variable))) {
      // AWS: greedy or not makes no difference; source: reported by users of Serverless.
      throw ServiceException.badRequest(
          "A sibling ("
              + variable
              + ") of this resource already has a variable path part -- only one is allowed");
    }
  }

  /** Whether a resource renamed to a greedy variable would have something below it. */
  public void checkLeafIfGreedy(ResourceRecord resource) {
    if (greedy(resource.pathPart()) && subtree(resource).size() > 1) {
      throw ServiceException.badRequest(
          "Cannot create a child of a resource with a greedy path variable: "
              + resource.pathPart());
    }
  }
}
