package io.portico.gateway.vtl;

import io.portico.gateway.json.JsonList;
import io.portico.gateway.json.PlainJson;
import java.util.List;
import java.util.Map;
import org.apache.velocity.runtime.directive.Block;
import org.apache.velocity.runtime.directive.Scope;
import org.jspecify.annotations.Nullable;

/**
 * How values print: maps and lists in Java's way, arrays of a JSON document as compact JSON.
 *
 * <p>Not {@link Object#toString}: a template can build values that hold themselves, or the same
 * value a million times.
 */
final class ValueText {
  private static final int MAX_DEPTH = 200;

  private ValueText() {}

  /**
   * @throws VtlException if the text would pass the budget
   */
  static String of(@Nullable Object value, Budget budget) {
    if (value instanceof String text) {
      budget.charge(text.length());
      return text;
    }
    if (isComposed(value)) {
      StringBuilder out = new StringBuilder();
      append(value, out, budget, 0);
      return out.toString();
    }
    String text = simple(value);
    budget.charge(text.length());
    return text;
  }

  private static boolean isComposed(@Nullable Object value) {
    return value instanceof Map || value instanceof List || value instanceof MapMembers.Entry;
  }

  private static String simple(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Block.Reference block -> {
        @Nullable String printed = block.toString();
        yield printed == null ? "" : printed;
      }
      case Scope scope -> "";
      default -> value.toString();
    };
  }

  private static void append(@Nullable Object value, StringBuilder out, Budget budget, int depth) {
    if (depth > MAX_DEPTH) {
      throw VtlException.limit("a value nested deeper than " + MAX_DEPTH + " cannot be printed");
    }
    int before = out.length();
    switch (value) {
      case null -> out.append("null");
      case JsonList list -> out.append(json(list, budget));
      case Map<?, ?> map -> appendMap(map, out, budget, depth);
      case List<?> list -> appendList(list, out, budget, depth);
      case MapMembers.Entry entry ->
          appendEntry(entry.key(), entry.value(), out, budget, depth + 1);
      default -> out.append(simple(value));
    }
    if (!isComposed(value)) {
      budget.charge(out.length() - before + 1L);
    }
  }

  private static String json(JsonList list, Budget budget) {
    try {
      String text = PlainJson.text(list, budget.outputLimit());
      budget.charge(text.length());
      return text;
    } catch (IllegalStateException e) {
      throw VtlException.limit(String.valueOf(e.getMessage()));
    }
  }

  private static void appendMap(Map<?, ?> map, StringBuilder out, Budget budget, int depth) {
    out.append('{');
    boolean first = true;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!first) {
        out.append(", ");
      }
      first = false;
      appendEntry(entry.getKey(), entry.getValue(), out, budget, depth + 1);
    }
    out.append('}');
  }

  private static void appendEntry(
      @Nullable Object key, @Nullable Object value, StringBuilder out, Budget budget, int depth) {
    append(key, out, budget, depth);
    out.append('=');
    append(value, out, budget, depth);
  }

  private static void appendList(List<?> list, StringBuilder out, Budget budget, int depth) {
    out.append('[');
    boolean first = true;
    for (Object element : list) {
      if (!first) {
        out.append(", ");
      }
      first = false;
      append(element, out, budget, depth + 1);
    }
    out.append(']');
  }
}
