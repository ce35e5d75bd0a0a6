package io.portico.gateway.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of a call, decoded when first asked for. Names are case-sensitive.
 *
 * <p>AWS: names and values are decoded, {@code +} is a blank, what stands after {@code #} never
 * arrives; source: recorded, facts PRX-09.
 */
public final class QueryString {
  private final String raw;
  private @Nullable Map<String, List<String>> parameters;

  /**
   * @param raw what stood after the {@code ?}, or null
   */
  public QueryString(@Nullable String raw) {
    String text = raw == null ? "" : raw;
    int fragment = text.indexOf('#');
    this.raw = fragment < 0 ? text : text.substring(0, fragment);
  }

  /** As it came, without {@code ?}; empty where there is none. */
  public String raw() {
    return raw;
  }

  public boolean isEmpty() {
    return asMap().isEmpty();
  }

  /** Every value by name, both in the order they came. */
  public Map<String, List<String>> asMap() {
    if (parameters == null) {
      parameters = parse(raw);
    }
    return parameters;
  }

  /** Every value of a name, in order; none where it is missing. */
  public List<String> all(String name) {
    return asMap().getOrDefault(name, List.of());
  }

  /** The last value of a name, or null. AWS: recorded, facts PRX-10. */
  public @Nullable String last(String name) {
    List<String> values = all(name);
    return values.isEmpty() ? null : values.getLast();
  }

  private static Map<String, List<String>> parse(String raw) {
    if (raw.isEmpty()) {
      return Map.of();
    }
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (String part : raw.split("&", -1)) {
      if (!part.isEmpty()) {
        int equals = part.indexOf('=');
        String name = decode(equals < 0 ? part : part.substring(0, equals));
        String value = equals < 0 ? "" : decode(part.substring(equals + 1));
        parameters.computeIfAbsent(name, ignored -> new ArrayList<>(1)).add(value);
      }
    }
    parameters.replaceAll((name, values) -> Collections.unmodifiableList(values));
    return Collections.unmodifiableMap(parameters);
  }

  /** A broken escape stays as it is, and so do the others beside it. */
  private static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text.replace('+', ' ');
    }
    StringBuilder repaired = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      repaired.append(c);
      if (c == '%' && !(isHex(text, i + 1) && isHex(text, i + 2))) {
        repaired.append("25");
      }
    }
    return URLDecoder.decode(repaired.toString(), StandardCharsets.UTF_8);
  }

  private static boolean isHex(String text, int index) {
    return index < text.length()
        && text.charAt(index) < 128
        && Character.digit(text.charAt(index), 16) >= 0;
  }
}
