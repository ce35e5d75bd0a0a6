package io.portico.gateway.model;

import io.portico.gateway.json.SmallMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A node of an API's resource tree with its methods, keyed by HTTP method ({@code ANY} included).
 * The root has neither parent nor path part.
 */
public record ResourceRecord(
    String id,
    @Nullable String parentId,
    @Nullable String pathPart,
    String path,
    Map<String, MethodRecord> methods) {

  /** The path by which one resource is the root. */
  public static final String ROOT_PATH = "/";

  /** Whether this is the API's root, which can neither move nor be renamed. */
  public boolean atRoot() {
    return parentId == null;
  }

  /** This resource with the method added, or put in place of the one it had. */
  public ResourceRecord withMethod(MethodRecord method) {
    Map<String, MethodRecord> changed = new SmallMap<>(methods);
    changed.put(method.httpMethod(), method);
    return new ResourceRecord(id, parentId, pathPart, path, changed);
  }

  /** This resource without the method. */
  public ResourceRecord withoutMethod(String httpMethod) {
    Map<String, MethodRecord> changed = new SmallMap<>(methods);
    changed.remove(httpMethod);
    return new ResourceRecord(id, parentId, pathPart, path, changed);
  }

  /** This resource at another place of the tree. */
  public ResourceRecord withPath(String newPath) {
    return new ResourceRecord(id, parentId, pathPart, newPath, methods);
  }
}
