package io.portico.gateway.control.openapi;

import io.portico.gateway.json.Json;
import io.portico.gateway.model.ModelUrl;
import io.portico.gateway.openapi.References;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * How models refer to each other: within a document by its own pointers, in records by the URL AWS
 * gives a model.
 */
final class ModelReferences {
  private static final String REF = "$ref";
  private static final Pattern LOCAL =
      Pattern.compile("#/(?:definitions|components/schemas)/([^/]+)");

  private final String apiId;
  private final Predicate<String> exists;

  /**
   * @param exists whether the API has or gets a model of the name
   */
  ModelReferences(String apiId, Predicate<String> exists) {
    this.apiId = apiId;
    this.exists = exists;
  }

  static @Nullable String referenceOf(JsonNode schema) {
    return References.referenceOf(schema);
  }

  /** The model's name in a reference of any of the forms, or null if it is none of them. */
  static @Nullable String nameOf(String reference) {
    Matcher local = LOCAL.matcher(reference);
    return local.matches() ? local.group(1) : ModelUrl.nameIn(reference);
  }

  /** The first reference in the schema that leads to no model, or null. */
  @Nullable String firstDangling(JsonNode schema) {
    String reference = referenceOf(schema);
    if (reference != null && !leadsSomewhere(reference)) {
      return reference;
    }
    for (JsonNode child : schema.values()) {
      String dangling = firstDangling(child);
      if (dangling != null) {
        return dangling;
      }
    }
    return null;
  }

  // AWS: "#" alone is the schema itself.
  private boolean leadsSomewhere(String reference) {
    String name = nameOf(reference);
    return name == null ? reference.equals("#") : exists.test(name);
  }

  /** A copy of the schema with references as records have them. */
  JsonNode absolute(JsonNode schema) {
    return rewritten(schema, ModelUrl.prefix(apiId));
  }

  /** A copy of the schema with references as documents have them. */
  static JsonNode local(JsonNode schema, String prefix) {
    return rewritten(schema, prefix);
  }

  private static JsonNode rewritten(JsonNode schema, String prefix) {
    if (schema instanceof ObjectNode object) {
      ObjectNode copy = Json.object();
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        copy.set(member.getKey(), rewritten(member, prefix));
      }
      return copy;
    }
    if (schema instanceof ArrayNode array) {
      ArrayNode copy = Json.array();
      array.forEach(element -> copy.add(rewritten(element, prefix)));
      return copy;
    }
    return schema;
  }

  private static JsonNode rewritten(Map.Entry<String, JsonNode> member, String prefix) {
    JsonNode value = member.getValue();
    if (member.getKey().equals(REF) && value.isString()) {
      String name = nameOf(value.stringValue());
      return name == null ? value : StringNode.valueOf(prefix + name);
    }
    return rewritten(value, prefix);
  }
}
