package io.portico.gateway.execute.explain;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds its way in JSON that may itself stand in a text of JSON, and that again: before its quotes
 * are as many escapes as it stands deep, and one more for each that it stands deeper. It may be cut
 * off anywhere; what is open then goes to the end.
 *
 * @param content in which it stands
 */
record QuotedJson(String content) {
  private static final Pattern UNICODE = Pattern.compile("\\\\+u([0-9A-Fa-f]{4})");

  /** Behind the quote of a name, or -1 where none ends soon. */
  int endOfName(int from, int escapes) {
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

  /** A name, with what it needs not escape as itself. */
  String name(int from, int end) {
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

  /** Whether a character stands in a place. */
  boolean has(char c, int at) {
    return at >= 0 && at < content.length() && content.charAt(at) == c;
  }

  /** Blanks may be escaped themselves. */
  int behindBlanks(int from) {
    int i = from;
    while (i < content.length()) {
      char c = content.charAt(i);
      if (c == '\\') {
        int escaped = behindEscapes(i);
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

  int behindEscapes(int from) {
    int end = from;
    while (end < content.length() && content.charAt(end) == '\\') {
      end++;
    }
    return end;
  }

  /**
   * Behind a value, or -1 where none begins.
   *
   * @param escapes before the quotes of what it is a member of
   * @param to where to give up, and be
   */
  int endOfValue(int from, int escapes, int to) {
    int quote = behindEscapes(from);
    if (has('"', quote)) {
      return endOfText(quote + 1, quote - from, to);
    }
    if (quote > from || quote == content.length()) {
      return -1;
    }
    if (isStructure(from)) {
      return endOfStructure(from, escapes, to);
    }
    int end = from;
    while (end < to && isOfWord(content.charAt(end))) {
      end++;
    }
    return end > from ? end : -1;
  }

  private static boolean isOfWord(char c) {
    return Character.isLetterOrDigit(c) || c == '.' || c == '+' || c == '-';
  }

  /** Whether an object or an array begins there. */
  boolean isStructure(int at) {
    return has('{', at) || has('[', at);
  }

  /** Behind the bracket that closes what one opens, or the text in which it stands. */
  private int endOfStructure(int from, int escapes, int to) {
    int depth = 0;
    int before = 0;
    for (int i = from; i < to; i++) {
      char c = content.charAt(i);
      if (c == '"') {
        if (before < escapes) {
          return i - before;
        }
        i = endOfText(i + 1, before, to) - 1;
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
    return to;
  }

  /**
   * Where a text of JSON ends, or the text that it stands in; or all of it where it is cut off.
   *
   * @param from behind its first quote
   * @param escapes before that
   */
  private int endOfText(int from, int escapes, int to) {
    int before = 0;
    for (int i = from; i < to; i++) {
      char c = content.charAt(i);
      if (c == '"' && before < escapes) {
        return i - before;
      }
      if (c == '"' && isEnd(before, escapes)) {
        return i + 1;
      }
      before = c == '\\' ? before + 1 : 0;
    }
    return to;
  }

  /** Whether a quote with so many escapes ends what one with others has begun. */
  private static boolean isEnd(int before, int escapes) {
    return before % (2 * (escapes + 1)) == escapes;
  }
}
