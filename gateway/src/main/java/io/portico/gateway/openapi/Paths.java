package io.portico.gateway.openapi;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The paths of a document, each of them made when it is asked for: they are nearly all of a long
 * one, and whoever goes through them keeps little of each.
 */
final class Paths {
  static final String MEMBER = "paths";

  private final Map<String, Supplier<JsonNode>> items;
  private final Map<String, JsonNode> referred = new HashMap<>();

  Paths(Map<String, Supplier<JsonNode>> items) {
    this.items = items;
  }

  /** Those of a tree. */
  static Paths of(ObjectNode root) {
    Map<String, Supplier<JsonNode>> items = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> item : Members.objectOrEmpty(root, MEMBER, "").properties()) {
      JsonNode value = item.getValue();
      items.put(item.getKey(), () -> value);
    }
    return new Paths(items);
  }

  /** What makes each, by path, in the document's order. */
  Map<String, Supplier<JsonNode>> items() {
    return items;
  }

  /**
   * What a pointer into the document leads to, or null where it leads to none of them. A path that
   * is referred to is made once.
   */
  @Nullable JsonNode at(JsonPointer pointer) {
    JsonPointer ofItem = pointer.tail();
    if (!MEMBER.equals(pointer.getMatchingProperty()) || ofItem == null || ofItem.matches()) {
      return null;
    }
    Supplier<JsonNode> item = items.get(ofItem.getMatchingProperty());
    return item == null
        ? null
        : referred
            .computeIfAbsent(ofItem.getMatchingProperty(), path -> item.get())
            .at(ofItem.tail());
  }
}
