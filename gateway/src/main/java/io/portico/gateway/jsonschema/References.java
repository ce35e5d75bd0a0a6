package io.portico.gateway.jsonschema;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Finds references that lead nowhere when a schema is compiled: the validator would find them when
 * an instance first reaches them.
 */
final class References {
  private static final String METASCHEMA = "http://json-schema.org/draft-04/schema";

  private References() {}

  /**
   * @throws JsonSchemaException if an absolute reference is to a schema that is not given
   */
  static void check(JsonNode schema, Map<String, String> references) {
    // A schema with addresses of its own within can refer to those; what leads nowhere among them
    // is found when an instance reaches it, and refuses that.
    if (!namesItself(schema)) {
      checkBelow(schema, references);
    }
  }

  private static boolean namesItself(JsonNode node) {
    JsonNode id = node.get("id");
    if (id != null && id.isString()) {
      return true;
    }
    for (JsonNode child : node) {
      if (namesItself(child)) {
        return true;
      }
    }
    return false;
  }

  private static void checkBelow(JsonNode node, Map<String, String> references) {
    JsonNode target = node.get("$ref");
    if (target != null && target.isString()) {
      checkTarget(target.stringValue(), references);
      return;
    }
    for (Map.Entry<String, JsonNode> child : node.properties()) {
      if (!child.getKey().equals("enum") && !child.getKey().equals("default")) {
        checkBelow(child.getValue(), references);
      }
    }
    if (node.isArray()) {
      for (JsonNode element : node) {
        checkBelow(element, references);
      }
    }
  }

  private static void checkTarget(String target, Map<String, String> references) {
    int fragment = target.indexOf('#');
    String address = fragment < 0 ? target : target.substring(0, fragment);
    boolean elsewhere = address.startsWith("http:") || address.startsWith("https:");
    if (elsewhere && !references.containsKey(address) && !address.equals(METASCHEMA)) {
      throw new JsonSchemaException("the reference " + target + " leads nowhere");
    }
  }
}
