package io.portico.gateway.control.openapi;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.SmallMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The members of an extension's value. A member that is null is as good as none; one of the wrong
 * type makes the extension malformed.
 */
public final class Fields {
  private final ObjectNode object;
  private final Supplier<ServiceException> malformed;

  public Fields(JsonNode value, Supplier<ServiceException> malformed) {
    if (!(value instanceof ObjectNode members)) {
      throw malformed.get();
    }
    this.object = members;
    this.malformed = malformed;
  }

  private @Nullable JsonNode find(String name) {
    JsonNode value = object.get(name);
    return value == null || value.isNull() ? null : value;
  }

  /** Whether it has no members but these. */
  public boolean hasOnly(Collection<String> names) {
    return names.containsAll(object.propertyNames());
  }

  /** How many members or elements the member has. */
  public int size(String name) {
    JsonNode value = find(name);
    return value == null ? 0 : value.size();
  }

  /** A text; a number or boolean is taken as written. */
  public @Nullable String text(String name) {
    JsonNode value = find(name);
    if (value == null) {
      return null;
    }
    if (value.isContainer()) {
      throw malformed.get();
    }
    return value.asString();
  }

  /** A text in upper case, for names whose letter case AWS ignores. */
  public @Nullable String name(String name) {
    String text = text(name);
    return text == null ? null : text.toUpperCase(Locale.ROOT);
  }

  public @Nullable Integer integer(String name) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    try {
      return Integer.valueOf(text.strip());
    } catch (NumberFormatException e) {
      throw malformed.get();
    }
  }

  /** A boolean, or a text that says one. */
  public @Nullable Boolean truth(String name) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    return switch (text) {
      case "true" -> Boolean.TRUE;
      case "false" -> Boolean.FALSE;
      default -> throw malformed.get();
    };
  }

  public @Nullable List<String> texts(String name) {
    JsonNode value = find(name);
    if (value == null) {
      return null;
    }
    if (!value.isArray()) {
      throw malformed.get();
    }
    List<String> texts = new ArrayList<>(value.size());
    for (JsonNode element : value) {
      if (!element.isString()) {
        throw malformed.get();
      }
      texts.add(element.stringValue());
    }
    return List.copyOf(texts);
  }

  /** A list of texts, or one text that has them between commas. */
  public @Nullable List<String> separated(String name) {
    JsonNode value = find(name);
    if (value != null && value.isArray()) {
      return texts(name);
    }
    String text = text(name);
    if (text == null) {
      return null;
    }
    return text.isBlank()
        ? List.of()
        : Arrays.stream(text.split(",", -1)).map(String::strip).toList();
  }

  /** The members of an object, or none. */
  public List<Map.Entry<String, JsonNode>> entries(String name) {
    JsonNode value = find(name);
    if (value == null) {
      return List.of();
    }
    if (!value.isObject()) {
      throw malformed.get();
    }
    return List.copyOf(value.properties());
  }

  /**
   * Texts by name, or null where there are none. What is not a text is left out and told.
   *
   * @param left told of name and value of each member left out
   */
  public @Nullable Map<String, String> textMap(String name, BiConsumer<String, JsonNode> left) {
    Map<String, String> map = new SmallMap<>();
    for (Map.Entry<String, JsonNode> entry : entries(name)) {
      JsonNode value = entry.getValue();
      if (value.isString()) {
        map.put(entry.getKey(), value.stringValue());
      } else {
        left.accept(entry.getKey(), value);
      }
    }
    return map.isEmpty() ? null : map;
  }

  /** Templates by content type, or null where there are none. */
  // AWS: a template that is null or empty is stored as null; source: INT-12.
  public @Nullable Map<String, @Nullable String> templates(String name) {
    Map<String, @Nullable String> map = new SmallMap<>();
    for (Map.Entry<String, JsonNode> entry : entries(name)) {
      JsonNode value = entry.getValue();
      if (value.isContainer()) {
        throw malformed.get();
      }
      String template = value.isNull() ? "" : value.asString();
      map.put(entry.getKey(), template.isEmpty() ? null : template);
    }
    return map.isEmpty() ? null : map;
  }

  /** A member that is an object itself, or null. */
  public @Nullable Fields fields(String name) {
    JsonNode value = find(name);
    return value == null ? null : new Fields(value, malformed);
  }
}
