package io.portico.gateway.control.openapi;

import io.portico.gateway.json.Json;
import io.portico.gateway.model.ModelUrl;
import io.portico.gateway.openapi.References;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * How models refer to each other: within a document by its own pointers, in records by the URL AWS
 * gives a model. Either may go on into the model, to one of its own definitions.
 */
final class ModelReferences {
  private static final String REF = "$ref";
  private static final String ITSELF = "#";
  private static final Pattern LOCAL =
      Pattern.compile("#/(?:definitions|components/schemas)/([^/]+)(/.*)?", Pattern.DOTALL);

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

  /** The name of the model that a reference leads to as a whole, or null if it leads elsewhere. */
  static @Nullable String nameOf(String reference) {
    Target target = Target.of(reference);
    return target != null && target.within().isEmpty() ? target.name() : null;
  }

  /** Whether a reference names a model at all, be it there or not. */
  static boolean isCanonical(String reference) {
    return Target.of(reference) != null;
  }

  /**
   * Where a reference leads.
   *
   * @param name the model's
   * @param within a JSON pointer into the model's schema; empty for all of it
   */
  private record Target(String name, String within) {
    static @Nullable Target of(String reference) {
      Matcher local = LOCAL.matcher(reference);
      if (local.matches()) {
        return new Target(local.group(1), local.group(2) == null ? "" : local.group(2));
      }
      int fragment = reference.indexOf('#');
      String name = ModelUrl.nameIn(fragment < 0 ? reference : reference.substring(0, fragment));
      return name == null
          ? null
          : new Target(name, fragment < 0 ? "" : reference.substring(fragment + 1));
    }
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
    Target target = Target.of(reference);
    return target == null ? reference.equals(ITSELF) : exists.test(target.name());
  }

  /** A copy of the schema with references as records have them. */
  JsonNode absolute(JsonNode schema) {
    return rewritten(
        schema,
        reference -> {
          Target target = Target.of(reference);
          return target == null
              ? reference
              : ModelUrl.of(apiId, target.name())
                  + (target.within().isEmpty() ? "" : "#" + target.within());
        });
  }

  /**
   * A copy of a model's schema with references as documents have them.
   *
   * @param name the model's
   * @param prefix what a document's pointers to models begin with
   */
  // AWS: how it exports a schema that refers to definitions of its own is not known: what is
  // written leads to them.
  static JsonNode local(String name, JsonNode schema, String prefix) {
    return rewritten(
        schema,
        reference -> {
          if (reference.startsWith("#/")) {
            return prefix + name + reference.substring(1);
          }
          Target target = Target.of(reference);
          return target == null ? reference : prefix + target.name() + target.within();
        });
  }

  private static JsonNode rewritten(JsonNode schema, UnaryOperator<String> reference) {
    if (schema instanceof ObjectNode object) {
      ObjectNode copy = Json.object();
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        JsonNode value = member.getValue();
        copy.set(
            member.getKey(),
            member.getKey().equals(REF) && value.isString()
                ? StringNode.valueOf(reference.apply(value.stringValue()))
                : rewritten(value, reference));
      }
      return copy;
    }
    if (schema instanceof ArrayNode array) {
      ArrayNode copy = Json.array();
      array.forEach(element -> copy.add(rewritten(element, reference)));
      return copy;
    }
    return schema;
  }
}
