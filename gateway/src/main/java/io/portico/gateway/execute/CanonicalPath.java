package io.portico.gateway.execute;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The path of a call, read once. Router, context, logs and integration all take theirs from here,
 * so that no two of them can see different paths.
 *
 * <p>Nothing is decoded: a segment is what stood between two slashes. Slashes in front are one, and
 * one slash at the end belongs to no segment; others are kept as empty segments.
 *
 * <p>AWS: recorded, facts PRX-04 to PRX-08, RTE-06, RTE-07.
 */
public final class CanonicalPath {
  private static final String CONTROL_CHARACTER = "a control character in the path";

  private final String stagePath;
  private final String eventPath;
  private final String text;
  private final List<String> segments;
  private final @Nullable String defect;
  private final boolean severalReadings;

  private CanonicalPath(String stagePath, String eventPath, String text) {
    this.stagePath = stagePath;
    this.eventPath = eventPath;
    this.text = text;
    this.segments = split(text);
    Look look = Look.at(text);
    this.severalReadings = look.severalReadings;
    this.defect =
        look.severalReadings || look.dotSegment
            ? defectIn(text)
            : look.control ? CONTROL_CHARACTER : null;
  }

  /**
   * What one look at a path finds, before anything is decoded.
   *
   * @param severalReadings whether backends may read it in different ways
   * @param dotSegment whether a segment begins with a dot
   * @param control whether there is a control character
   */
  private record Look(boolean severalReadings, boolean dotSegment, boolean control) {
    static Look at(String text) {
      boolean severalReadings = false;
      boolean dotSegment = false;
      boolean control = false;
      char before = 0;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        severalReadings |= c == '%' || c == '\\' || c == ';' || (c == '/' && before == '/');
        dotSegment |= c == '.' && before == '/';
        control |= isControl(c);
        before = c;
      }
      return new Look(severalReadings, dotSegment, control);
    }
  }

  /**
   * The path of a call to a stage.
   *
   * @param stageName the stage
   * @param afterStage what stood behind it on the wire: empty, or begins with a slash
   */
  public static CanonicalPath of(String stageName, String afterStage) {
    String text = oneSlashInFront(afterStage);
    return new CanonicalPath("/" + stageName + afterStage, text, text);
  }

  /** The path of a call to no stage; its texts are the same. */
  static CanonicalPath withoutStage(String path) {
    String text = oneSlashInFront(path);
    return new CanonicalPath(text, text, text);
  }

  /**
   * The path of a call by a custom domain name.
   *
   * <p>AWS: {@code $context.path} and the path in the event of a function have the base path, not
   * the stage; source: reported by users of AWS's clients.
   *
   * @param whole with the base path, begins with one slash
   * @param afterStage what stood behind base path and stage: empty, or begins with a slash
   */
  public static CanonicalPath ofCustomDomain(String whole, String afterStage) {
    return new CanonicalPath(whole, whole, oneSlashInFront(afterStage));
  }

  private static String oneSlashInFront(String path) {
    int start = 0;
    while (start < path.length() && path.charAt(start) == '/') {
      start++;
    }
    return start == 1 ? path : "/" + path.substring(start);
  }

  /** Without the stage, always with one slash in front: {@code /pets/1}. */
  public String text() {
    return text;
  }

  /** As the event of a function has it: behind a custom domain name, with the base path. */
  public String ofEvent() {
    return eventPath;
  }

  /** With the stage, or with the base path behind a custom domain name: {@code /prod//pets/1}. */
  public String withStage() {
    return stagePath;
  }

  /** What stands between the slashes; none for the root. */
  public List<String> segments() {
    return segments;
  }

  /**
   * The text from one segment to the end, without the slash at the end: the value of a greedy
   * variable.
   */
  public String from(int segment) {
    return String.join("/", segments.subList(segment, segments.size()));
  }

  /**
   * Why this path is refused, or null. It has a dot segment, plain or encoded, a control character
   * or a backslash: what it leads to would depend on who resolves it.
   */
  public @Nullable String defect() {
    return defect;
  }

  /**
   * The segments as a backend may read them that decodes escapes, merges slashes and cuts off
   * parameters ({@code ;…}), or null where that is no different. A path whose two readings lead to
   * different resources is ambiguous.
   */
  public @Nullable List<String> decodedSegments() {
    if (!severalReadings) {
      return null;
    }
    List<String> decoded = new ArrayList<>(segments.size());
    for (String segment : decoded(text).split("/", -1)) {
      String name = withoutParameters(segment);
      if (!name.isEmpty()) {
        decoded.add(name);
      }
    }
    return decoded.equals(segments) ? null : decoded;
  }

  @Override
  public String toString() {
    return stagePath;
  }

  private static List<String> split(String text) {
    List<String> segments = new ArrayList<>(8);
    int start = 1;
    int end = text.length() > 1 && text.endsWith("/") ? text.length() - 1 : text.length();
    while (start < end || (start == end && start > 1 && text.charAt(end - 1) == '/')) {
      int slash = text.indexOf('/', start);
      int stop = slash < 0 || slash > end ? end : slash;
      segments.add(text.substring(start, stop));
      start = stop + 1;
    }
    return segments;
  }

  private static @Nullable String controls(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isControl(text.charAt(i))) {
        return CONTROL_CHARACTER;
      }
    }
    return null;
  }

  private static boolean isControl(char c) {
    return c < ' ' || c == 0x7f;
  }

  /**
   * Why a path would be refused that is still encoded, or null.
   *
   * @see #defect()
   */
  public static @Nullable String defectIn(String path) {
    String decoded = decoded(path);
    if (decoded.indexOf('\\') >= 0) {
      return "a backslash in the path";
    }
    for (String segment : decoded.split("/", -1)) {
      String name = withoutParameters(segment);
      if (name.equals(".") || name.equals("..")) {
        return "a dot segment in the path";
      }
    }
    return controls(decoded);
  }

  private static String withoutParameters(String segment) {
    int semicolon = segment.indexOf(';');
    return semicolon < 0 ? segment : segment.substring(0, semicolon);
  }

  /** Every escape once; what is no escape stays. Overlong UTF-8 reads as the character it hides. */
  public static String decoded(String path) {
    if (path.indexOf('%') < 0) {
      return path;
    }
    byte[] raw = path.getBytes(StandardCharsets.UTF_8);
    byte[] out = new byte[raw.length];
    int length = 0;
    for (int i = 0; i < raw.length; i++) {
      int octet = raw[i] & 0xff;
      if (octet == '%' && i + 2 < raw.length && hex(raw[i + 1]) >= 0 && hex(raw[i + 2]) >= 0) {
        octet = (hex(raw[i + 1]) << 4) | hex(raw[i + 2]);
        i += 2;
      }
      if (length > 0
          && (octet & 0xc0) == 0x80
          && ((out[length - 1] & 0xff) == 0xc0 || (out[length - 1] & 0xff) == 0xc1)) {
        out[length - 1] = (byte) (((out[length - 1] & 1) << 6) | (octet & 0x3f));
      } else {
        out[length++] = (byte) octet;
      }
    }
    return new String(out, 0, length, StandardCharsets.UTF_8);
  }

  private static int hex(byte digit) {
    return digit < 0 ? -1 : Character.digit(digit, 16);
  }
}
