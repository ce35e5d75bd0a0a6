package io.portico.gateway.control.v2;

import io.portico.gateway.control.protocol.Input;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a call says of a record's members: one that is not sent stays, an empty text unsets it, and
 * maps are put into those that are there.
 *
 * @param input the call's
 */
// AWS: source: reported, measured by https://github.com/go-to-k/cdkd.
record Update(Input input) {

  @Nullable String text(String member, @Nullable String before) {
    String sent = input.stringOrNull(member);
    return sent == null ? before : sent.isEmpty() ? null : sent;
  }

  /** A member that cannot be unset. */
  String name(String member, String before) {
    String sent = input.stringOrNull(member);
    return sent == null || sent.isEmpty() ? before : sent;
  }

  boolean flag(String member, boolean before) {
    return input.has(member) ? input.bool(member) : before;
  }

  @Nullable Boolean flagOrNull(String member, @Nullable Boolean before) {
    return input.has(member) ? Boolean.valueOf(input.bool(member)) : before;
  }

  @Nullable Integer integer(String member, @Nullable Integer before) {
    Integer sent = input.integerOrNull(member);
    return sent == null ? before : sent;
  }

  @Nullable Double number(String member, @Nullable Double before) {
    return input.has(member) ? Double.valueOf(input.json().get(member).doubleValue()) : before;
  }

  /** A list that replaces the one that is there; an empty one unsets it. */
  @Nullable List<String> texts(String member, @Nullable List<String> before) {
    List<String> sent = input.stringsOrNull(member);
    return sent == null ? before : sent.isEmpty() ? null : sent;
  }

  /** Texts by name, where an empty one takes the name out. */
  @Nullable Map<String, String> textMap(String member, @Nullable Map<String, String> before) {
    return map(member, before, value -> value.asString().isEmpty() ? null : value.asString());
  }

  /**
   * Values by name, put into those that are there.
   *
   * @param read a value; null takes the name out
   */
  <V> @Nullable Map<String, V> map(
      String member, @Nullable Map<String, V> before, Function<JsonNode, @Nullable V> read) {
    JsonNode sent = input.json().get(member);
    if (sent == null || sent.isNull()) {
      return before;
    }
    Map<String, V> merged = before == null ? new LinkedHashMap<>() : new LinkedHashMap<>(before);
    for (Map.Entry<String, JsonNode> entry : sent.properties()) {
      V value = entry.getValue().isNull() ? null : read.apply(entry.getValue());
      if (value == null) {
        merged.remove(entry.getKey());
      } else {
        merged.put(entry.getKey(), value);
      }
    }
    return merged.isEmpty() ? null : merged;
  }

  /** What it says of a structure, or null where it says nothing. */
  @Nullable Update structure(String member) {
    Input sent = input.structureOrNull(member);
    return sent == null ? null : new Update(sent);
  }
}
