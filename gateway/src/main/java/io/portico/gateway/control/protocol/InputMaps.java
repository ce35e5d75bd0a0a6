package io.portico.gateway.control.protocol;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The maps of an operation's input that are more than texts. */
public final class InputMaps {
  private InputMaps() {}

  /** Names with whether each is required, in the order sent, or null where none was sent. */
  public static @Nullable Map<String, Boolean> truths(Input input, String member) {
    JsonNode sent = input.json().get(member);
    if (sent == null || sent.isNull()) {
      return null;
    }
    Map<String, Boolean> map = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : sent.properties()) {
      map.put(entry.getKey(), entry.getValue().asBoolean(false));
    }
    return map;
  }

  /** Templates by content type, in the order sent, or null where none was sent. */
  // AWS: a template that is null or empty is stored as null; source: INT-12.
  public static @Nullable Map<String, @Nullable String> templates(Input input, String member) {
    JsonNode sent = input.json().get(member);
    if (sent == null || sent.isNull()) {
      return null;
    }
    Map<String, @Nullable String> map = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : sent.properties()) {
      JsonNode template = entry.getValue();
      map.put(
          entry.getKey(),
          template.isNull() || template.asString().isEmpty() ? null : template.asString());
    }
    return map;
  }

  /** The map, or null where it is empty: an empty one is as good as none. */
  public static <V extends @Nullable Object> @Nullable Map<String, V> orNull(
      @Nullable Map<String, V> map) {
    return map == null || map.isEmpty() ? null : map;
  }

  /** Puts a map into a record's tree, or takes the member out where there is none. */
  public static void set(ObjectNode tree, String member, @Nullable Map<String, String> map) {
    if (map == null || map.isEmpty()) {
      tree.remove(member);
    } else {
      ObjectNode target = tree.putObject(member);
      map.forEach(target::put);
    }
  }
}
