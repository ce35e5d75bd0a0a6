package io.portico.gateway.control.patch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The path of a table's row, such as {@code /requestModels/{contentType}}: literal segments, and
 * names in braces that stand for any one segment. Within a segment a slash is written {@code ~1}
 * and a tilde {@code ~0} (RFC 6901), so an unescaped slash makes a path another path.
 */
final class PatchPath {
  private final String pattern;
  private final List<String> segments;

  PatchPath(String pattern) {
    this.pattern = pattern;
    this.segments = rawSegments(pattern);
  }

  /**
   * The unescaped values of the names in braces, or null if this is another path.
   *
   * @param sent the path's segments, as {@link #sentSegments} has them
   */
  @Nullable Map<String, String> match(List<String> sent) {
    if (sent.size() != segments.size()) {
      return null;
    }
    Map<String, String> names = new LinkedHashMap<>();
    for (int i = 0; i < sent.size(); i++) {
      String segment = segments.get(i);
      if (segment.startsWith("{")) {
        if (sent.get(i).isEmpty()) {
          return null;
        }
        names.put(segment.substring(1, segment.length() - 1), unescaped(sent.get(i)));
      } else if (!segment.equals(sent.get(i))) {
        return null;
      }
    }
    return names;
  }

  /** The segments of a path that was sent, still escaped; none where it is no path at all. */
  static List<String> sentSegments(@Nullable String path) {
    return path != null && path.startsWith("/") ? rawSegments(path) : List.of();
  }

  private static List<String> rawSegments(String path) {
    List<String> segments = new ArrayList<>();
    int start = path.startsWith("/") ? 1 : 0;
    for (int slash = path.indexOf('/', start); slash >= 0; slash = path.indexOf('/', start)) {
      segments.add(path.substring(start, slash));
      start = slash + 1;
    }
    segments.add(path.substring(start));
    return segments;
  }

  private static String unescaped(String segment) {
    return segment.replace("~1", "/").replace("~0", "~");
  }

  @Override
  public String toString() {
    return pattern;
  }
}
