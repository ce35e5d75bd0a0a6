package io.portico.gateway.openapi;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * Follows {@code $ref} within one document. Another document is never fetched: a reference to one
 * is refused.
 */
public final class References {
  private static final String REF = "$ref";

  private final JsonNode root;
  private final Paths paths;

  /**
   * @param root the document, its paths left out or not
   */
  References(JsonNode root, Paths paths) {
    this.root = root;
    this.paths = paths;
  }

  /** What the node is, or what it refers to in the end. */
  JsonNode resolve(JsonNode node, String where) {
    JsonNode current = node;
    Set<String> followed = new HashSet<>();
    String reference = referenceOf(current);
    while (reference != null) {
      if (!followed.add(reference)) {
        throw new OpenApiException(where + ": the reference " + reference + " leads to itself");
      }
      current = follow(reference, where);
      reference = referenceOf(current);
    }
    return current;
  }

  private JsonNode follow(String reference, String where) {
    if (!reference.startsWith("#")) {
      throw new OpenApiException(
          where + ": the reference " + reference + " leads out of the document");
    }
    try {
      String pointer =
          URLDecoder.decode(reference.substring(1).replace("+", "%2B"), StandardCharsets.UTF_8);
      JsonPointer compiled = JsonPointer.compile(pointer);
      JsonNode ofPath = paths.at(compiled);
      JsonNode found = ofPath == null ? root.at(compiled) : ofPath;
      if (!found.isMissingNode()) {
        return found;
      }
    } catch (IllegalArgumentException e) {
      throw new OpenApiException(where + ": the reference " + reference + " is malformed", e);
    }
    throw new OpenApiException(where + ": the reference " + reference + " leads nowhere");
  }

  /** The node's reference, or null if it is none. */
  public static @Nullable String referenceOf(JsonNode node) {
    JsonNode reference = node.isObject() ? node.get(REF) : null;
    return reference != null && reference.isString() ? reference.stringValue() : null;
  }
}
