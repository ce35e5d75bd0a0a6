package io.portico.gateway.execute.explain;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides members of JSON that are named like a secret: texts, numbers, and all that stands in an
 * object or an array of such a name. The JSON may itself stand in a text of JSON, and that again:
 * before its quotes are as many escapes as it stands deep, and one more for each that it stands
 * deeper. It may be cut off anywhere; what is hidden then goes to the end.
 *
 * <p>Takes time in proportion to the content, whatever that is.
 */
final class SecretMembers {
  /** A quote that begins a text has no more escapes than this before it. */
  private static final int DEEPEST = 63;

  private static final Pattern UNICODE = Pattern.compile("\\\\+u([0-9A-Fa-f]{4})");

  private final String content;
  private final Secrets secrets;
  private final StringBuilder shown = new StringBuilder();
  private int done;

  private SecretMembers(String content, Secrets secrets) {
    this.content = content;
    this.secrets = secrets;
  }

  static String hidden(String content, Secrets secrets) {
    return content.indexOf('"') < 0 ? content : new SecretMembers(content, secrets).hidden();
  }

  private String hidden() {
    int escapes = 0;
    for (int i = 0; i < content.length(); i++) {
      char c = content.charAt(i);
      if (c == '"' && escapes <= DEEPEST && hides(i + 1, escapes)) {
        i = done - 1;
      }
      escapes = c == '\\' ? escapes + 1 : 0;
    }
    return shown.append(content, done, content.length()).toString();
  }

  /**
   * Hides the value of a member, if it is one whose name begins here and is a secret's.
   *
   * @param from behind the quote
   * @param escapes before that
   */
  private boolean hides(int from, int escapes) {
    int end = endOfName(from, escapes);
    int colon = end < 0 ? -1 : behindBlanks(end);
    if (colon < 0
        || colon >= content.length()
        || content.charAt(colon) != ':'
        || !secrets.isSecret(name(from, end - 1 - escapes))) {
      return false;
    }
    int value = behindBlanks(colon + 1);
    int valueEnd = endOfValue(value, escapes);
    if (valueEnd < 0) {
      return false;
    }
    String quote = "\\".repeat(escapes) + '"';
    shown.append(content, done, value).append(quote).append(Secrets.HIDDEN).append(quote);
    done = valueEnd;
    return true;
  }

  /** Behind the quote of a name, or -1 where none ends soon. */
  private int endOfName(int from, int escapes) {
    int most = Math.min(content.length(), from + Secrets.LONGEST_NAME);
    int before = 0;
    for (int i = from; i < most; i++) {
      char c = content.charAt(i);
      if (c == '"') {
        if (before < escapes) {
          return -1;
        }
        if (isEnd(before, escapes)) {
          return i + 1;
        }
      }
      before = c == '\\' ? before + 1 : 0;
    }
    return -1;
  }

  private String name(int from, int end) {
    String name = content.substring(from, Math.max(from, end));
    return name.indexOf('\\') < 0
        ? name
        : UNICODE
            .matcher(name)
            .replaceAll(
                escape ->
                    Matcher.quoteReplacement(
                        String.valueOf((char) Integer.parseInt(escape.group(1), 16))));
  }

  /** Blanks may be escaped themselves. */
  private int behindBlanks(int from) {
    int i = from;
    while (i < content.length()) {
      char c = content.charAt(i);
      if (c == '\\') {
        int escaped = i;
        while (escaped < content.length() && content.charAt(escaped) == '\\') {
          escaped++;
        }
        if (escaped == content.length() || "nrt".indexOf(content.charAt(escaped)) < 0) {
          return i;
        }
        i = escaped + 1;
      } else if (c > ' ') {
        return i;
      } else {
        i++;
      }
    }
    return i;
  }

  /** Behind a value, or -1 for one that tells nothing. */
  private int endOfValue(int from, int escapes) {
    int quote = from;
    while (quote < content.length() && content.charAt(quote) == '\\') {
      quote++;
    }
    if (quote == content.length()) {
      return -1;
    }
    char first = content.charAt(quote);
    if (first == '"') {
      int end = endOfText(quote + 1, quote - from);
      secrets.found(content.substring(quote + 1, Math.max(quote + 1, end - 1 - (quote - from))));
      return end;
    }
    if (quote > from) {
      return -1;
    }
    if (first == '{' || first == '[') {
      int next = behindBlanks(from + 1);
      boolean empty =
          next < content.length() && (content.charAt(next) == '}' || content.charAt(next) == ']');
      return empty ? -1 : endOfStructure(from, escapes);
    }
    int end = from;
    while (end < content.length() && "0123456789.eE+-".indexOf(content.charAt(end)) >= 0) {
      end++;
    }
    return end > from ? end : -1;
  }

  /** Behind the bracket that closes what one opens, or the text in which it stands. */
  private int endOfStructure(int from, int escapes) {
    int depth = 0;
    int before = 0;
    for (int i = from; i < content.length(); i++) {
      char c = content.charAt(i);
      if (c == '"') {
        if (before < escapes) {
          return i - before;
        }
        i = endOfText(i + 1, before) - 1;
      } else if (c == '{' || c == '[') {
        depth++;
      } else if (c == '}' || c == ']') {
        depth--;
        if (depth == 0) {
          return i + 1;
        }
      }
      before = c == '\\' ? before + 1 : 0;
    }
    return content.length();
  }

  /**
   * Where a text of JSON ends, or the text that it stands in; or all of it where it is cut off.
   *
   * @param from behind its first quote
   * @param escapes before that
   */
  private int endOfText(int from, int escapes) {
    int before = 0;
    for (int i = from; i < content.length(); i++) {
      char c = content.charAt(i);
      if (c == '"' && before < escapes) {
        return i - before;
      }
      if (c == '"' && isEnd(before, escapes)) {
        return i + 1;
      }
      before = c == '\\' ? before + 1 : 0;
    }
    return content.length();
  }

  /** Whether a quote with so many escapes ends what one with others has begun. */
  private static boolean isEnd(int before, int escapes) {
    return before % (2 * (escapes + 1)) == escapes;
  }
}
