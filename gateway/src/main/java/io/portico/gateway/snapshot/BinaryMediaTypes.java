package io.portico.gateway.snapshot;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The media types an API treats as binary.
 *
 * @param patterns lower-case; {@code type/subtype}, {@code type/*} or the pair of wildcards
 */
public record BinaryMediaTypes(List<String> patterns) {

  public static final BinaryMediaTypes NONE = new BinaryMediaTypes(List.of());

  /**
   * Whether a header value names a binary type.
   *
   * <p>AWS: only the first media type counts, and a wildcard in it matches nothing but the same
   * wildcard; source: recorded, facts BIN-02, BIN-03.
   *
   * @param header the value of {@code Content-Type} or {@code Accept}, or null
   */
  public boolean matches(@Nullable String header) {
    if (patterns.isEmpty() || header == null) {
      return false;
    }
    String type = firstType(header);
    int slash = type.indexOf('/');
    if (slash <= 0) {
      return false;
    }
    for (String pattern : patterns) {
      if (pattern.equals("*/*")) {
        return true;
      }
      if (pattern.endsWith("/*")) {
        if (type.regionMatches(0, pattern, 0, pattern.length() - 1)) {
          return true;
        }
      } else if (pattern.equals(type) && !pattern.startsWith("*")) {
        return true;
      }
    }
    return false;
  }

  private static String firstType(String header) {
    int end = header.length();
    for (int i = 0; i < end; i++) {
      char c = header.charAt(i);
      if (c == ',' || c == ';') {
        end = i;
      }
    }
    return header.substring(0, end).trim().toLowerCase(Locale.ROOT);
  }
}
