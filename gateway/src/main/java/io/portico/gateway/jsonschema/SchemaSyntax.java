package io.portico.gateway.jsonschema;

import io.portico.gateway.compute.Carrier;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * A draft-04 schema as it is written: whether it has the draft's form, which of its keywords the
 * draft does not know, and what it refers to. Nothing is resolved or applied.
 */
public final class SchemaSyntax {
  private static final String REF = "$ref";

  private static final JsonSchema FORM =
      JsonSchema.compile(
          "urn:portico:schema-form",
          "{\"$ref\": \"http://json-schema.org/draft-04/schema#\"}",
          Map.of());

  /** Keywords whose value is a schema, or a list of schemas. */
  private static final Set<String> SCHEMAS =
      Set.of("items", "additionalItems", "additionalProperties", "not", "allOf", "anyOf", "oneOf");

  /** Keywords whose value has schemas by name. */
  private static final Set<String> NAMED_SCHEMAS =
      Set.of("properties", "patternProperties", "definitions", "dependencies");

  private static final Set<String> OTHER_KEYWORDS =
      Set.of(
          "$schema",
          REF,
          "id",
          "title",
          "description",
          "default",
          "type",
          "enum",
          "format",
          "multipleOf",
          "maximum",
          "exclusiveMaximum",
          "minimum",
          "exclusiveMinimum",
          "maxLength",
          "minLength",
          "pattern",
          "maxItems",
          "minItems",
          "uniqueItems",
          "maxProperties",
          "minProperties",
          "required");

  private SchemaSyntax() {}

  /** Whether the draft's own schema takes this one. */
  public static boolean hasForm(JsonNode schema) {
    return FORM.validate(schema, Carrier.UNSHARED).isEmpty();
  }

  /** The keywords that draft-04 does not have, anywhere in the schema, each once and sorted. */
  public static List<String> unknownKeywords(JsonNode schema) {
    Set<String> unknown = new TreeSet<>();
    eachSchema(
        schema,
        each -> {
          for (String keyword : each.propertyNames()) {
            if (!SCHEMAS.contains(keyword)
                && !NAMED_SCHEMAS.contains(keyword)
                && !OTHER_KEYWORDS.contains(keyword)) {
              unknown.add(keyword);
            }
          }
        });
    return List.copyOf(unknown);
  }

  /** Every reference, as written, in the order of the schema. */
  public static List<String> references(JsonNode schema) {
    Set<String> references = new LinkedHashSet<>();
    eachSchema(
        schema,
        each -> {
          if (each.get(REF) instanceof StringNode reference) {
            references.add(reference.stringValue());
          }
        });
    return new ArrayList<>(references);
  }

  /** Puts other references in place of the schema's own. */
  public static void rewriteReferences(JsonNode schema, UnaryOperator<String> rewritten) {
    eachSchema(
        schema,
        each -> {
          if (each.get(REF) instanceof StringNode reference) {
            each.put(REF, rewritten.apply(reference.stringValue()));
          }
        });
  }

  /** A member is a schema by where it stands: a property may well be named {@code $ref}. */
  private static void eachSchema(JsonNode node, Consumer<ObjectNode> visitor) {
    if (!(node instanceof ObjectNode schema)) {
      return;
    }
    visitor.accept(schema);
    for (Map.Entry<String, JsonNode> member : schema.properties()) {
      JsonNode value = member.getValue();
      if (NAMED_SCHEMAS.contains(member.getKey())
          || (SCHEMAS.contains(member.getKey()) && value.isArray())) {
        value.forEach(each -> eachSchema(each, visitor));
      } else if (SCHEMAS.contains(member.getKey())) {
        eachSchema(value, visitor);
      }
    }
  }
}
