package io.portico.gateway.store;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Records as JSON: absent members are left out, members of a newer Portico are ignored, so that
 * adding an optional member to a record needs no migration. A map's null value is kept: it is one.
 */
public final class RecordCodec {
  /** What was written is read again, however long a name or a text is. */
  private static final StreamReadConstraints UNBOUNDED =
      StreamReadConstraints.builder()
          .maxNameLength(Integer.MAX_VALUE)
          .maxStringLength(Integer.MAX_VALUE)
          .build();

  private static final JsonMapper MAPPER =
      JsonMapper.builder(JsonFactory.builder().streamReadConstraints(UNBOUNDED).build())
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          // What a record says of its members is none.
          .changeDefaultVisibility(
              visibility -> visibility.withIsGetterVisibility(JsonAutoDetect.Visibility.NONE))
          .addModule(RecordConstructors.module())
          .build();

  RecordCodec() {}

  <R> byte[] write(R value) {
    return MAPPER.writeValueAsBytes(value);
  }

  <R> R read(RecordType<R> type, byte[] content) {
    try {
      return MAPPER.readValue(content, type.type());
    } catch (JacksonException e) {
      throw new StoreException(
          "a stored " + type.kind() + " cannot be read: " + e.getOriginalMessage(), e);
    }
  }

  /** A record as a tree of its own: what is stored, ready to be patched. */
  public static ObjectNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /**
   * The record that a tree describes.
   *
   * @throws IllegalStateException if the tree describes none: whoever changed it has a bug
   */
  public static <R> R record(ObjectNode tree, Class<R> type) {
    try {
      return MAPPER.treeToValue(tree, type);
    } catch (JacksonException e) {
      throw new IllegalStateException("not a " + type.getSimpleName(), e);
    }
  }
}
