package io.portico.gateway.jsonpath;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Compiled paths of one template, by their text. Holds a bounded number: a template may make paths
 * from what a client sends.
 */
public final class PathCache {
  private static final int MAX_PATHS = 64;

  private final Map<String, CompiledPath> paths = new ConcurrentHashMap<>();

  /**
   * @throws JsonPathException if the text is no JSONPath
   */
  public CompiledPath get(String text) {
    CompiledPath known = paths.get(text);
    if (known != null) {
      return known;
    }
    CompiledPath compiled = CompiledPath.compile(text);
    if (paths.size() < MAX_PATHS) {
      paths.put(text, compiled);
    }
    return compiled;
  }
}
