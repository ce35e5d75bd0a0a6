package io.portico.gateway.json;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A document whose longest part is left in slices: of one member of the root, the members are read
 * one by one when they are asked for, so that of a long document little is in memory at a time.
 *
 * @param root the document without that member, where it is in slices
 * @param slices what makes the members of that member anew, by name and in the document's order; a
 *     value that is found wrong then is refused as the document would be. Null where the root has
 *     no such member, or one that is no object
 */
public record SlicedJson(JsonNode root, @Nullable Map<String, Supplier<JsonNode>> slices) {

  /**
   * Reads a document strictly: what is left in slices is JSON and unambiguous, too, but for halves
   * of characters in it, which are found when a slice is read.
   *
   * @param bytes UTF-8 from {@code offset} on; they must not change
   * @param member of the root that is left in slices
   * @throws JacksonException as {@link Json#parseUnambiguous(byte[], int)}
   */
  public static SlicedJson read(byte[] bytes, int offset, String member) {
    try (JsonParser parser = Json.unambiguous(bytes, offset)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return new SlicedJson(Json.parseUnambiguous(bytes, offset), null);
      }
      ObjectNode root = Json.object();
      Map<String, Supplier<JsonNode>> slices = null;
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        if (parser.nextToken() == JsonToken.START_OBJECT && name.equals(member)) {
          slices = slices(parser, bytes, offset);
        } else {
          root.set(name, Json.readValue(parser));
        }
      }
      if (parser.nextToken() != null) {
        throw new StreamReadException("content behind the end: a JSON text has one value");
      }
      return new SlicedJson(Json.texts(root), slices);
    }
  }

  private static Map<String, Supplier<JsonNode>> slices(
      JsonParser parser, byte[] bytes, int offset) {
    Map<String, Supplier<JsonNode>> slices = new LinkedHashMap<>();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      slices.put(Json.whole(name), slice(parser, bytes, offset));
    }
    return slices;
  }

  private static Supplier<JsonNode> slice(JsonParser parser, byte[] bytes, int offset) {
    if (!parser.nextToken().isStructStart()) {
      JsonNode value = Json.readValue(parser);
      return () -> value;
    }
    int from = offset + (int) parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    int length = offset + (int) parser.currentLocation().getByteOffset() - from;
    return () -> Json.parseUnambiguous(bytes, from, length);
  }
}
