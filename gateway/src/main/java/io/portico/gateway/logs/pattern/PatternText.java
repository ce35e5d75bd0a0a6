package io.portico.gateway.logs.pattern;

import java.util.function.IntPredicate;

/** The text of a pattern, and how far it has been read. */
final class PatternText {
  private final String text;
  private int at;

  PatternText(String text) {
    this.text = text;
  }

  /** What comes next; 0 at the end. */
  char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  boolean atEnd() {
    return at >= text.length();
  }

  char next() {
    char c = peek();
    if (atEnd()) {
      throw new InvalidPatternException();
    }
    at++;
    return c;
  }

  void skipBlanks() {
    while (!atEnd() && Character.isWhitespace(peek())) {
      at++;
    }
  }

  /** Takes a token if it comes next, behind blanks. */
  boolean take(String token) {
    skipBlanks();
    if (text.startsWith(token, at)) {
      at += token.length();
      return true;
    }
    return false;
  }

  void expect(String token) {
    if (!take(token)) {
      throw new InvalidPatternException();
    }
  }

  void expectEnd() {
    skipBlanks();
    if (!atEnd()) {
      throw new InvalidPatternException();
    }
  }

  /** All that comes next of such characters; may be empty. */
  String run(IntPredicate of) {
    int start = at;
    while (!atEnd() && of.test(peek())) {
      at++;
    }
    return text.substring(start, at);
  }

  /** A text between quotation marks of this kind, of which the first comes next. */
  String quoted(char mark) {
    StringBuilder quoted = new StringBuilder();
    at++;
    while (true) {
      char c = next();
      if (c == mark) {
        return quoted.toString();
      }
      // A mark and the escape itself can be escaped; before anything else it is a character.
      if (c == '\\' && (peek() == mark || peek() == '\\')) {
        c = next();
      }
      quoted.append(c);
    }
  }

  /** A whole number that is an index. */
  int index() {
    String digits = run(c -> c >= '0' && c <= '9');
    if (digits.isEmpty() || digits.length() > 9) {
      throw new InvalidPatternException();
    }
    return Integer.parseInt(digits);
  }
}
