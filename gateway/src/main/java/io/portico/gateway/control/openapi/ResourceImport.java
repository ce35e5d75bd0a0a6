package io.portico.gateway.control.openapi;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.rules.ResourceTree;
import io.portico.gateway.json.SmallMap;
import io.portico.gateway.model.MethodRecord;
import io.portico.gateway.model.ResourceRecord;
import io.portico.gateway.openapi.OpenApiException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Paths become the tree of <b>resources</b>. */
final class ResourceImport {
  private static final int MOST_RESOURCES = 20_000;
  private static final int LONGEST_PATH = 2_048;

  private final ResourceTree tree;
  private final ResourceRecord root;
  private final Map<String, String> existingIds = new HashMap<>();
  private final Map<String, ResourceRecord> byPath = new HashMap<>();
  private final Map<String, Map<String, MethodRecord>> methods = new HashMap<>();
  private final FreshIds ids;
  private final Findings findings;

  /**
   * @param kept existing resources that stay, with the root
   */
  ResourceImport(
      List<ResourceRecord> existing, List<ResourceRecord> kept, FreshIds ids, Findings findings) {
    this.ids = ids;
    this.findings = findings;
    this.tree = new ResourceTree(kept);
    existing.forEach(resource -> existingIds.put(resource.path(), resource.id()));
    for (ResourceRecord resource : kept) {
      byPath.put(resource.path(), resource);
      methods.put(resource.id(), new SmallMap<>(resource.methods()));
    }
    ResourceRecord found = byPath.get(ResourceRecord.ROOT_PATH);
    if (found == null) {
      throw new IllegalArgumentException("an API has a root");
    }
    this.root = found;
  }

  /**
   * The resource at the path, which is made with all above it where it is not there yet.
   *
   * @return null if AWS does not take the path; the findings say why
   */
  @Nullable ResourceRecord at(List<String> parts) {
    String path = "/" + String.join("/", parts);
    if (path.length() > LONGEST_PATH) {
      throw new OpenApiException("A path is longer than " + LONGEST_PATH + " characters");
    }
    ResourceRecord resource = root;
    try {
      for (String part : parts) {
        resource = child(resource, part);
      }
    } catch (ServiceException e) {
      // AWS: source: answers that users of AWS's clients report.
      findings.error("Unable to create resource at path '" + path + "': " + e.text());
      return null;
    }
    return resource;
  }

  private ResourceRecord child(ResourceRecord parent, String part) {
    String path = (parent.atRoot() ? "" : parent.path()) + "/" + part;
    ResourceRecord known = byPath.get(path);
    if (known != null) {
      return known;
    }
    if (byPath.size() >= MOST_RESOURCES) {
      throw new OpenApiException("The API has more than " + MOST_RESOURCES + " resources");
    }
    // AWS: a path that stays keeps its resource's id; source: IMP-04.
    String id = existingIds.get(path);
    ResourceRecord placed =
        tree.place(
            new ResourceRecord(id == null ? ids.next() : id, parent.id(), part, path, Map.of()));
    byPath.put(placed.path(), placed);
    return placed;
  }

  /** Puts the method on the resource, in place of the one it had. */
  void put(ResourceRecord resource, MethodRecord method) {
    methods.computeIfAbsent(resource.id(), id -> new SmallMap<>()).put(method.httpMethod(), method);
  }

  /** All resources with their methods, ordered by path. */
  List<ResourceRecord> resources() {
    List<ResourceRecord> resources = new ArrayList<>(byPath.size());
    for (ResourceRecord resource : byPath.values()) {
      resources.add(
          new ResourceRecord(
              resource.id(),
              resource.parentId(),
              resource.pathPart(),
              resource.path(),
              methods.getOrDefault(resource.id(), Map.of())));
    }
    resources.sort((a, b) -> a.path().compareTo(b.path()));
    return List.copyOf(resources);
  }
}
