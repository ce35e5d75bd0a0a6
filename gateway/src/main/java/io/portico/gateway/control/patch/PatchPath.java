package io.portico.gateway.control.patch;

import io.portico.gateway.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The path of a table's row, such as {@code /requestModels/{contentType}}: literal segments, and
 * names in braces that stand for any one segment. Within a segment a slash is written {@code ~1}
 * and a tilde {@code ~0} (RFC 6901), so an unescaped slash makes a path another path.
 *
 * <p>One name may be greedy, with a {@code +} behind it: it stands for one segment or more, empty
 * ones included, as for a resource's path that is written with its slashes. No name is longer than
 * one that a document could have: an export could not be read.
 */
final class PatchPath {
  private final String pattern;
  private final List<String> segments;
  private final int greedy;

  PatchPath(String pattern) {
    this.pattern = pattern;
    this.segments = rawSegments(pattern);
    this.greedy = greedy(segments);
  }

  /** Where the greedy name stands, or -1. */
  private static int greedy(List<String> segments) {
    for (int i = 0; i < segments.size(); i++) {
      if (segments.get(i).endsWith("+}")) {
        return i;
      }
    }
    return -1;
  }

  /**
   * The unescaped values of the names in braces, or null if this is another path.
   *
   * @param sent the path's segments, as {@link #sentSegments} has them
   */
  @Nullable Map<String, String> match(List<String> sent) {
    int more = sent.size() - segments.size();
    if (greedy < 0 ? more != 0 : more < 0) {
      return null;
    }
    Map<String, String> names = new LinkedHashMap<>();
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      int from = greedy >= 0 && i > greedy ? i + more : i;
      if (i == greedy) {
        String all = String.join("/", sent.subList(i, i + more + 1));
        if (all.length() > Json.MAX_NAME) {
          return null;
        }
        names.put(segment.substring(1, segment.length() - 2), unescaped(all));
      } else if (segment.startsWith("{")) {
        if (sent.get(from).isEmpty() || sent.get(from).length() > Json.MAX_NAME) {
          return null;
        }
        names.put(segment.substring(1, segment.length() - 1), unescaped(sent.get(from)));
      } else if (!segment.equals(sent.get(from))) {
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
