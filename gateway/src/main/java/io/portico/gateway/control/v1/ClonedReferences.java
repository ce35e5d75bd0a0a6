package io.portico.gateway.control.v1;

import io.portico.gateway.json.Json;
import io.portico.gateway.model.ModelUrl;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * The references between models when an API is copied: those to models of the source lead to the
 * copy's own.
 *
 * <p>AWS: that a copy refers to its own models; source: assumed.
 */
final class ClonedReferences {
  private static final String REF = "$ref";

  private final String from;
  private final String to;

  ClonedReferences(String sourceId, String copyId) {
    this.from = ModelUrl.prefix(sourceId);
    this.to = ModelUrl.prefix(copyId);
  }

  /** A schema with references to the copy; as it is written where it has none to the source. */
  String in(String schema) {
    JsonNode tree;
    try {
      tree = Json.parse(schema);
    } catch (JacksonException e) {
      // What is no JSON refers to nothing.
      return schema;
    }
    return rewrite(tree) ? Json.pretty(tree) : schema;
  }

  /** Rewrites what is below the node; returns whether there was something. */
  private boolean rewrite(JsonNode node) {
    boolean changed = false;
    if (node instanceof ObjectNode object
        && object.get(REF) instanceof StringNode reference
        && reference.stringValue().startsWith(from)) {
      object.put(REF, to + reference.stringValue().substring(from.length()));
      changed = true;
    }
    for (JsonNode child : node) {
      changed |= rewrite(child);
    }
    return changed;
  }
}
