package io.portico.gateway.execute.rest;

import io.portico.gateway.execute.CanonicalPath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a path by the resource of a method that is called whatever the path is. */
final class ResourcePath {
  private ResourcePath() {}

  /**
   * The path variables; none where the path does not lead to the resource.
   *
   * @param resourcePath as configured, such as {@code /pets/{petId}}
   */
  static Map<String, String> variables(String resourcePath, CanonicalPath path) {
    List<String> parts = CanonicalPath.of("", resourcePath).segments();
    List<String> segments = path.segments();
    Map<String, String> variables = new LinkedHashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      if (i >= segments.size()) {
        return Map.of();
      }
      if (part.startsWith("{") && part.endsWith("+}")) {
        variables.put(part.substring(1, part.length() - 2), path.from(i));
        return variables;
      }
      if (part.startsWith("{") && part.endsWith("}")) {
        variables.put(part.substring(1, part.length() - 1), segments.get(i));
      } else if (!part.equals(segments.get(i))) {
        return Map.of();
      }
    }
    return parts.size() == segments.size() ? variables : Map.of();
  }
}
