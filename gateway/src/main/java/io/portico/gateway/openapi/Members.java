package io.portico.gateway.openapi;

import io.portico.gateway.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Members of objects by the type they must have. An absent member and one that is null are the
 * same: YAML writes an empty one as null.
 */
final class Members {
  private Members() {}

  static ObjectNode object(JsonNode node, String where) {
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new OpenApiException(where + ": an object is expected");
  }

  private static String place(String where, String name) {
    return where.isEmpty() ? name : where + "." + name;
  }

  static @Nullable JsonNode find(ObjectNode object, String name) {
    JsonNode value = object.get(name);
    return value == null || value.isNull() ? null : value;
  }

  /** The member, or an empty object where there is none. */
  static ObjectNode objectOrEmpty(ObjectNode parent, String name, String where) {
    JsonNode value = find(parent, name);
    return value == null ? Json.object() : object(value, place(where, name));
  }

  /** The member's elements, none where there is no such member. */
  static List<JsonNode> elements(ObjectNode parent, String name, String where) {
    JsonNode value = find(parent, name);
    if (value == null) {
      return List.of();
    }
    if (!value.isArray()) {
      throw new OpenApiException(place(where, name) + ": an array is expected");
    }
    List<JsonNode> elements = new ArrayList<>(value.size());
    value.forEach(elements::add);
    return elements;
  }

  /** A text; numbers and booleans are taken as what they look like. */
  static @Nullable String textOrNull(ObjectNode parent, String name, String where) {
    JsonNode value = find(parent, name);
    return value == null ? null : text(value, place(where, name));
  }

  static String requiredText(ObjectNode parent, String name, String where) {
    String text = textOrNull(parent, name, where);
    if (text == null || text.isEmpty()) {
      throw new OpenApiException(place(where, name) + " is missing");
    }
    return text;
  }

  static String text(JsonNode value, String where) {
    if (value.isContainer()) {
      throw new OpenApiException(where + ": a text is expected");
    }
    return value.asString();
  }

  static List<String> texts(ObjectNode parent, String name, String where) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : elements(parent, name, where)) {
      texts.add(text(element, place(where, name)));
    }
    return texts;
  }

  static boolean isTrue(ObjectNode parent, String name) {
    JsonNode value = find(parent, name);
    return value != null && !value.isContainer() && value.asString().equals("true");
  }

  static ObjectNode extensions(ObjectNode object) {
    ObjectNode extensions = Json.object();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      if (isExtension(member.getKey())) {
        extensions.set(member.getKey(), member.getValue());
      }
    }
    return extensions;
  }

  static boolean isExtension(String name) {
    return name.startsWith("x-");
  }
}
