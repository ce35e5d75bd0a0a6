package io.portico.gateway.control.rules;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.json.Json;
import io.portico.gateway.jsonschema.SchemaSyntax;
import io.portico.gateway.model.ModelRecord;
import io.portico.gateway.model.ModelUrl;
import io.portico.gateway.store.RecordReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** The schemas of an API's models, and which of them refer to which. */
public final class ModelSchemas {
  private ModelSchemas() {}

  /** The schema as a tree, or null where it is no JSON object. */
  public static @Nullable ObjectNode parsed(@Nullable String schema) {
    if (schema == null) {
      return null;
    }
    try {
      return Json.parse(schema) instanceof ObjectNode object ? object : null;
    } catch (JacksonException e) {
      // Of other content types than JSON, AWS takes any text as a schema.
      return null;
    }
  }

  /** The name of the API's model that a reference leads to, or null if it leads elsewhere. */
  public static @Nullable String nameIn(String reference, String apiId) {
    String address = address(reference);
    return address.startsWith(ModelUrl.prefix(apiId)) ? ModelUrl.nameIn(address) : null;
  }

  /** A reference without its fragment. */
  static String address(String reference) {
    int fragment = reference.indexOf('#');
    return fragment < 0 ? reference : reference.substring(0, fragment);
  }

  /**
   * The schemas of all models that a schema refers to, over any number of others, by name.
   *
   * <p>A schema that refers to itself in the end is among them, as it is stored.
   */
  public static Map<String, ObjectNode> reachable(
      RecordReader records, String apiId, ObjectNode schema) {
    Map<String, ObjectNode> reached = new LinkedHashMap<>();
    Deque<ObjectNode> open = new ArrayDeque<>();
    open.add(schema);
    while (!open.isEmpty()) {
      for (String reference : SchemaSyntax.references(open.remove())) {
        String name = nameIn(reference, apiId);
        if (name != null && !reached.containsKey(name)) {
          ObjectNode found =
              records
                  .find(RecordTypes.MODEL, apiId, name)
                  .map(ModelRecord::schema)
                  .map(ModelSchemas::parsed)
                  .orElse(null);
          if (found != null) {
            reached.put(name, found);
            open.add(found);
          }
        }
      }
    }
    return reached;
  }
}
