package io.portico.gateway.jsonschema;

import io.portico.gateway.json.Json;
import java.util.Collection;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Texts and values as an error tells of them: they are bounded, however long a body has them. */
final class Excerpt {
  /** What a client sent, within a text. AWS: bounds are not known. */
  private static final int MAX_VALUE = 1_000;

  /** A whole text: lists of a schema, as of countries, fit into it. */
  private static final int MAX_TEXT = 4_000;

  private Excerpt() {}

  static String ofText(String text) {
    return cut(text, MAX_TEXT);
  }

  static String ofValue(String value) {
    return cut(value, MAX_VALUE);
  }

  /** A JSON array of names. */
  static String of(Collection<String> names) {
    StringBuilder json = new StringBuilder("[");
    for (String name : names) {
      if (json.length() > MAX_TEXT) {
        break;
      }
      json.append(json.length() > 1 ? "," : "").append(quoted(name));
    }
    return ofText(json.append(']').toString());
  }

  /** A value that a client sent, as JSON. */
  static String of(JsonNode value) {
    StringBuilder json = new StringBuilder();
    append(value, json);
    return ofValue(json.toString());
  }

  /** A value of a schema, as JSON. */
  static String ofRule(JsonNode value) {
    StringBuilder json = new StringBuilder();
    append(value, json);
    return ofText(json.toString());
  }

  private static void append(JsonNode value, StringBuilder json) {
    if (value.isArray()) {
      String separator = "[";
      for (JsonNode element : value) {
        if (json.length() > MAX_TEXT) {
          return;
        }
        append(element, json.append(separator));
        separator = ",";
      }
      json.append(value.isEmpty() ? "[]" : "]");
    } else if (value.isObject()) {
      String separator = "{";
      for (Map.Entry<String, JsonNode> member : value.properties()) {
        if (json.length() > MAX_TEXT) {
          return;
        }
        json.append(separator).append(quoted(member.getKey())).append(':');
        append(member.getValue(), json);
        separator = ",";
      }
      json.append(value.isEmpty() ? "{}" : "}");
    } else {
      json.append(value.isString() ? quoted(value.stringValue()) : Json.text(value));
    }
  }

  private static String quoted(String text) {
    return Json.text(StringNode.valueOf(ofValue(text)));
  }

  private static String cut(String text, int limit) {
    if (text.length() <= limit) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
    return text.substring(0, end) + "…";
  }
}
