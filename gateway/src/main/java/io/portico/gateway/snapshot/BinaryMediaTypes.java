package io.portico.gateway.snapshot;

import io.portico.gateway.http.MediaType;
import java.util.List;
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
    String type = MediaType.of(header);
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
}
