package io.portico.gateway.jsonpath;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * The paths of one template that are known beforehand, compiled. Immutable; any number of threads
 * may use it at once.
 */
public final class CompiledPaths {
  private final Map<String, CompiledPath> paths;

  private CompiledPaths(Map<String, CompiledPath> paths) {
    this.paths = Map.copyOf(paths);
  }

  /**
   * @param texts paths, among others: what does not begin as a path, or is none, is passed over
   */
  public static CompiledPaths of(Collection<String> texts) {
    Map<String, CompiledPath> paths = new HashMap<>();
    for (String text : texts) {
      if (text.startsWith("$")) {
        addIfValid(text, paths);
      }
    }
    return new CompiledPaths(paths);
  }

  private static void addIfValid(String text, Map<String, CompiledPath> paths) {
    try {
      paths.put(text, CompiledPath.compile(text));
    } catch (JsonPathException e) {
      // A text that only looks like a path. If it is used as one, its user learns what is wrong.
    }
  }

  /**
   * The path of this text; one that was not known beforehand is compiled, and not kept.
   *
   * @throws JsonPathException if the text is no JSONPath
   */
  public CompiledPath get(String text) {
    CompiledPath known = paths.get(text);
    return known == null ? CompiledPath.compile(text) : known;
  }
}
