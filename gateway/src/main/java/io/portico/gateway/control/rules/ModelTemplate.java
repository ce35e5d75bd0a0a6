package io.portico.gateway.control.rules;

import io.portico.gateway.json.Json;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * A mapping template (VTL) to start from: it makes a payload of a model's structure, with a sample
 * in place of each value.
 *
 * <p>AWS: the samples of numbers and texts are documented, GetModelTemplate. The form of lists is
 * that of templates which users have published; how it is indented within an object is assumed, as
 * are the other samples and what alternatives come to.
 */
public final class ModelTemplate {
  private static final String EMPTY_OBJECT = "{ }";
  private static final String EMPTY_LIST = "[ ]";

  /** References make a small schema describe values without end. */
  private static final int MOST_VALUES = 10_000;

  /** A longer name counts as more than one value. */
  private static final int NAME_LENGTH = 100;

  private static final int DEEPEST = 100;

  private final ObjectNode document;
  private final Set<JsonNode> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private int values;

  /**
   * @param document a schema that stands alone
   */
  public ModelTemplate(ObjectNode document) {
    this.document = document;
  }

  /** The template. */
  public String text() {
    return "#set($inputRoot = $input.path('$'))\n" + value(document, "");
  }

  /**
   * @param indentation of the line on which the value begins
   */
  private String value(@Nullable JsonNode node, String indentation) {
    JsonNode schema = resolved(node);
    values++;
    // A schema within itself ends here: its value could be nested for ever.
    if (values > MOST_VALUES || open.size() > DEEPEST || !open.add(schema)) {
      return EMPTY_OBJECT;
    }
    try {
      return switch (typeOf(schema)) {
        case "string" -> "\"foo\"";
        case "number" -> "3.1415";
        case "integer" -> "42";
        case "boolean" -> "true";
        case "null" -> "null";
        case "array" -> list(schema, indentation);
        case "alternative" -> value(alternative(schema), indentation);
        default -> object(schema, indentation);
      };
    } finally {
      open.remove(schema);
    }
  }

  /** What a schema's references lead to in the end; an empty schema where they lead nowhere. */
  private JsonNode resolved(@Nullable JsonNode node) {
    JsonNode schema = node;
    Set<JsonNode> followed = Collections.newSetFromMap(new IdentityHashMap<>());
    while (schema != null
        && schema.get("$ref") instanceof StringNode reference
        && followed.add(schema)) {
      schema = target(reference.stringValue());
    }
    return schema instanceof ObjectNode found && !found.has("$ref") ? found : Json.object();
  }

  private @Nullable JsonNode target(String reference) {
    if (!reference.startsWith("#")) {
      return null;
    }
    try {
      return document.at(JsonPointer.compile(reference.substring(1)));
    } catch (IllegalArgumentException e) {
      // A fragment that is no pointer names a schema by its id, which leads nowhere here.
      return null;
    }
  }

  private static String typeOf(JsonNode schema) {
    JsonNode type = schema.path("type");
    String named = type.isArray() ? type.path(0).asString("") : type.asString("");
    if (!named.isEmpty()) {
      return named;
    }
    if (schema.has("items")) {
      return "array";
    }
    boolean structured = schema.has("properties") || schema.has("allOf");
    return !structured && alternative(schema) != null ? "alternative" : "object";
  }

  private static @Nullable JsonNode alternative(JsonNode schema) {
    JsonNode first = schema.path("oneOf").path(0);
    return first.isMissingNode() ? schema.path("anyOf").get(0) : first;
  }

  private String object(JsonNode schema, String indentation) {
    Map<String, JsonNode> properties = new LinkedHashMap<>();
    addProperties(schema, properties, 0);
    if (properties.isEmpty()) {
      return EMPTY_OBJECT;
    }
    String inner = indentation + "  ";
    StringBuilder text = new StringBuilder("{");
    String separator = "\n";
    for (Map.Entry<String, JsonNode> property : properties.entrySet()) {
      values += property.getKey().length() / NAME_LENGTH;
      text.append(separator)
          .append(inner)
          .append(Json.text(StringNode.valueOf(property.getKey())))
          .append(" : ")
          .append(value(property.getValue(), inner));
      separator = ",\n";
    }
    return text.append('\n').append(indentation).append('}').toString();
  }

  private void addProperties(JsonNode schema, Map<String, JsonNode> properties, int depth) {
    for (JsonNode part : schema.path("allOf")) {
      if (depth < DEEPEST && values++ < MOST_VALUES) {
        addProperties(resolved(part), properties, depth + 1);
      }
    }
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      properties.put(property.getKey(), property.getValue());
    }
  }

  private String list(JsonNode schema, String indentation) {
    JsonNode items = schema.get("items");
    JsonNode item = items != null && items.isArray() ? items.get(0) : items;
    if (item == null) {
      return EMPTY_LIST;
    }
    String inner = indentation.isEmpty() ? indentation : indentation + "  ";
    return "[\n"
        + inner
        + "##TODO: Update this foreach loop to reference array from input json\n"
        + inner
        + "#foreach($elem in $inputRoot)\n"
        + inner
        + " "
        + value(item, inner)
        + " \n"
        + inner
        + "#if($foreach.hasNext),#end\n"
        + inner
        + "#end\n"
        + indentation
        + "]";
  }
}
