package io.portico.gateway.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records as JSON: absent members are left out, members of a newer Portico are ignored, so that
 * adding an optional member to a record needs no migration.
 */
final class RecordCodec {
  private final JsonMapper mapper =
      JsonMapper.builder()
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  <R> byte[] write(R value) {
    return mapper.writeValueAsBytes(value);
  }

  <R> R read(RecordType<R> type, byte[] content) {
    try {
      return mapper.readValue(content, type.type());
    } catch (JacksonException e) {
      throw new StoreException(
          "a stored " + type.kind() + " cannot be read: " + e.getOriginalMessage(), e);
    }
  }
}
