package io.portico.gateway.control.v1;

import io.portico.gateway.control.rules.ModelSchemas;
import io.portico.gateway.json.Json;
import io.portico.gateway.jsonschema.SchemaSyntax;
import io.portico.gateway.model.ModelRecord;
import io.portico.gateway.store.RecordReader;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A model's schema that stands alone: the models it refers to, over any number of others, are among
 * its {@code definitions}.
 *
 * <p>AWS: says no more than that references are resolved; that they lead to definitions, which also
 * holds models that refer to each other, is assumed.
 */
final class FlatModel {
  private static final String DEFINITIONS = "definitions";

  private final String apiId;
  private final Map<String, String> places = new HashMap<>();

  private FlatModel(String apiId) {
    this.apiId = apiId;
  }

  /** The schema as text, as it is written where it refers to no model. */
  static @Nullable String schema(RecordReader records, String apiId, ModelRecord model) {
    ObjectNode schema = ModelSchemas.parsed(model.schema());
    ObjectNode flat = tree(records, apiId, model);
    return flat == null || flat.equals(schema) ? model.schema() : Json.pretty(flat);
  }

  /** The schema as a tree, or null where it is no JSON object. */
  static @Nullable ObjectNode tree(RecordReader records, String apiId, ModelRecord model) {
    ObjectNode schema = ModelSchemas.parsed(model.schema());
    if (schema == null) {
      return null;
    }
    Map<String, ObjectNode> others = ModelSchemas.reachable(records, apiId, schema);
    others.remove(model.name());
    return new FlatModel(apiId).flat(model.name(), schema, others);
  }

  private ObjectNode flat(String name, ObjectNode schema, Map<String, ObjectNode> others) {
    places.put(name, "#");
    for (String other : others.keySet()) {
      places.put(other, "#/" + DEFINITIONS + "/" + freeName(other, schema));
    }
    ObjectNode flat = rewritten(schema, "#");
    if (!others.isEmpty()) {
      ObjectNode definitions =
          flat.get(DEFINITIONS) instanceof ObjectNode own ? own : flat.putObject(DEFINITIONS);
      others.forEach(
          (other, content) -> {
            String place = place(other);
            definitions.set(place.substring(place.lastIndexOf('/') + 1), rewritten(content, place));
          });
    }
    return flat;
  }

  /** A model's own name, unless the schema has a definition of that name. */
  private String freeName(String model, ObjectNode schema) {
    String name = model;
    for (int i = 2; schema.path(DEFINITIONS).has(name); i++) {
      name = model + "_" + i;
    }
    return name;
  }

  private String place(String model) {
    String place = places.get(model);
    if (place == null) {
      throw new IllegalStateException("no place for " + model);
    }
    return place;
  }

  /** A copy of a schema whose root is at {@code place} from now on. */
  private ObjectNode rewritten(ObjectNode schema, String place) {
    ObjectNode copy = schema.deepCopy();
    SchemaSyntax.rewriteReferences(copy, reference -> rewritten(reference, place));
    return copy;
  }

  private String rewritten(String reference, String place) {
    if (reference.startsWith("#")) {
      return place + reference.substring(1);
    }
    String name = ModelSchemas.nameIn(reference, apiId);
    if (name == null || !places.containsKey(name)) {
      return reference;
    }
    int fragment = reference.indexOf('#');
    return place(name) + (fragment < 0 ? "" : reference.substring(fragment + 1));
  }
}
