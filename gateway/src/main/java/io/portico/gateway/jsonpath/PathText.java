package io.portico.gateway.jsonpath;

/** The text of a path, in which quotes, regular expressions and brackets are wholes. */
final class PathText {
  private PathText() {}

  /**
   * Where what begins at {@code at} ends: a text in quotes, an expression in slashes, brackets with
   * all that is in them, or else one character.
   *
   * @return -1 where it does not end
   */
  static int behind(String text, int at) {
    return switch (text.charAt(at)) {
      case '\'' -> behindNext('\'', text, at + 1);
      case '"' -> behindNext('"', text, at + 1);
      case '/' -> behindNext('/', text, at + 1);
      case '(' -> behindBracket(')', text, at + 1);
      case '[' -> behindBracket(']', text, at + 1);
      default -> at + 1;
    };
  }

  /** Behind the next such character that no backslash stands before. */
  static int behindNext(char end, String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == end) {
        return i + 1;
      }
    }
    return -1;
  }

  private static int behindBracket(char close, String text, int from) {
    int at = from;
    while (at >= 0 && at < text.length()) {
      if (text.charAt(at) == close) {
        return at + 1;
      }
      at = behind(text, at);
    }
    return -1;
  }
}
