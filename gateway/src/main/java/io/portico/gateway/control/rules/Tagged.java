package io.portico.gateway.control.rules;

import io.portico.gateway.control.protocol.InputMaps;
import io.portico.gateway.store.RecordWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What an ARN names, where that has tags.
 *
 * @param present its tags, or null
 * @param store puts it back with others, or none
 */
public record Tagged(
    @Nullable Map<String, String> present,
    BiConsumer<RecordWriter, @Nullable Map<String, String>> store) {

  Map<String, String> tags() {
    return present == null ? new LinkedHashMap<>() : new LinkedHashMap<>(present);
  }

  void put(RecordWriter records, Map<String, String> tags) {
    store.accept(records, InputMaps.orNull(tags));
  }
}
