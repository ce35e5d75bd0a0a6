package io.portico.gateway.jsonpath;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A path of names and indexes only: {@code $.a['b'][0]}. */
final class SimplePath {
  /** Names and indexes, in order. */
  private final Object[] steps;

  private SimplePath(Object[] steps) {
    this.steps = steps;
  }

  /** The path, or null where it is of another kind (or none at all). */
  static @Nullable SimplePath parse(String path) {
    if (path.isEmpty() || path.charAt(0) != '$') {
      return null;
    }
    List<Object> steps = new ArrayList<>();
    int at = 1;
    while (at < path.length()) {
      int end = path.charAt(at) == '.' ? nameEnd(path, at + 1) : bracketEnd(path, at);
      if (end < 0) {
        return null;
      }
      steps.add(path.charAt(at) == '.' ? path.substring(at + 1, end) : bracket(path, at, end));
      at = end;
    }
    return new SimplePath(steps.toArray());
  }

  @Nullable Object read(@Nullable Object document) {
    Object value = document;
    for (Object step : steps) {
      value = follow(value, step);
    }
    return value;
  }

  private static @Nullable Object follow(@Nullable Object value, Object step) {
    if (value instanceof Map<?, ?> map && step instanceof String) {
      return map.get(step);
    }
    if (value instanceof List<?> list && step instanceof Integer index && index < list.size()) {
      return list.get(index);
    }
    return null;
  }

  /** Where the name that starts at {@code from} ends, or -1 if it is none. */
  private static int nameEnd(String path, int from) {
    int at = from;
    while (at < path.length() && nameCharacter(path.charAt(at))) {
      at++;
    }
    boolean ends = at == path.length() || path.charAt(at) == '.' || path.charAt(at) == '[';
    return at > from && ends ? at : -1;
  }

  private static boolean nameCharacter(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-';
  }

  /** Where the {@code ['name']} or {@code [index]} that starts at {@code from} ends, or -1. */
  private static int bracketEnd(String path, int from) {
    int close = path.indexOf(']', from);
    if (path.charAt(from) != '[' || close < 0) {
      return -1;
    }
    String inside = path.substring(from + 1, close);
    boolean index =
        !inside.isEmpty() && inside.length() < 9 && inside.chars().allMatch(SimplePath::digit);
    boolean name =
        inside.length() > 2
            && inside.charAt(0) == '\''
            && inside.charAt(inside.length() - 1) == '\''
            && inside
                .substring(1, inside.length() - 1)
                .chars()
                .noneMatch(c -> c == '\'' || c == '\\');
    return index || name ? close + 1 : -1;
  }

  private static boolean digit(int c) {
    return c >= '0' && c <= '9';
  }

  private static Object bracket(String path, int from, int end) {
    return path.charAt(from + 1) == '\''
        ? path.substring(from + 2, end - 2)
        : (Object) Integer.valueOf(path.substring(from + 1, end - 1));
  }
}
