package io.portico.gateway.execute.websocket;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The path of a command, behind the stage: {@code /@connections/…} or {@code /@groups/…}.
 *
 * @param names what stands behind that, decoded; none where an escape is none, which no command has
 */
record CommandPath(Of of, List<String> names) {
  private static final int COLLECTION = 1;

  /** What is commanded. */
  enum Of {
    CONNECTIONS("@connections"),
    GROUPS("@groups");

    private final String segment;

    Of(String segment) {
      this.segment = segment;
    }

    /** As paths and ARNs name it. */
    String segment() {
      return segment;
    }
  }

  /**
   * The command that a path is of, known or not; null where it is of none.
   *
   * @param path begins with a slash, or is empty
   */
  static @Nullable CommandPath of(String path) {
    // Handshakes go by here as well: theirs ends here.
    if (path.length() < 2) {
      return null;
    }
    String[] segments = path.split("/", -1);
    String first = segments.length > COLLECTION ? decoded(segments[COLLECTION]) : null;
    for (Of of : Of.values()) {
      if (of.segment.equals(first)) {
        return new CommandPath(of, names(segments));
      }
    }
    return null;
  }

  private static List<String> names(String[] segments) {
    List<String> names = new ArrayList<>();
    for (int i = COLLECTION + 1; i < segments.length; i++) {
      String name = decoded(segments[i]);
      if (name == null || name.isEmpty()) {
        return List.of();
      }
      names.add(name);
    }
    return List.copyOf(names);
  }

  /** Decoded, or null where an escape is none. AWS's clients encode the at sign. */
  private static @Nullable String decoded(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
