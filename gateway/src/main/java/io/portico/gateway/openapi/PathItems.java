package io.portico.gateway.openapi;

import java.util.Iterator;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * The paths of a document with their operations, in the document's order: each is read anew as it
 * is come to, so that whoever goes through them has one at a time in memory.
 */
public final class PathItems implements Iterable<PathItem> {
  private final Paths paths;
  private final Supplier<PathReader> readers;

  /**
   * @param readers reads all paths once
   */
  PathItems(Paths paths, Supplier<PathReader> readers) {
    this.paths = paths;
    this.readers = readers;
  }

  @Override
  public Iterator<PathItem> iterator() {
    PathReader reader = readers.get();
    Iterator<Map.Entry<String, Supplier<JsonNode>>> items =
        paths.items().entrySet().stream()
            .filter(item -> !Members.isExtension(item.getKey()))
            .iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return items.hasNext();
      }

      @Override
      public PathItem next() {
        Map.Entry<String, Supplier<JsonNode>> item = items.next();
        return reader.read(item.getKey(), item.getValue().get());
      }
    };
  }
}
