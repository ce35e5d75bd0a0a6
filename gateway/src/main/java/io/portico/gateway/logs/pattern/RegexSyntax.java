package io.portico.gateway.logs.pattern;

import java.util.regex.Pattern;

/** The regular expressions that AWS documents, which are fewer than Java's. */
final class RegexSyntax {
  /** AWS: a blank is among them in an example; source: documented. */
  private static final String SYMBOLS = ":_#=@/;,- ^$?[]{}|\\*+.";

  private static final String CLASSES = "dDsSwW";
  private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{2}");
  private static final Pattern WITHOUT_LEAST = Pattern.compile("\\{ *,");

  private RegexSyntax() {}

  /**
   * Refuses what Java would take for something else than is documented: lazy and possessive
   * quantifiers, classes within classes, escapes of its own.
   *
   * @throws InvalidPatternException if there is any of it
   */
  static void check(String expression) {
    if (expression.isEmpty()) {
      throw new InvalidPatternException();
    }
    boolean inClass = false;
    boolean afterQuantifier = false;
    for (int i = 0; i < expression.length(); i++) {
      char c = expression.charAt(i);
      if (!isAlphanumeric(c) && SYMBOLS.indexOf(c) < 0) {
        throw invalid(expression);
      }
      if (c == '\\') {
        i += escapeLength(expression, i + 1);
        afterQuantifier = false;
      } else if (inClass) {
        if (c == '[') {
          throw invalid(expression);
        }
        inClass = c != ']';
      } else if ("*+?".indexOf(c) >= 0) {
        if (afterQuantifier) {
          throw invalid(expression);
        }
        afterQuantifier = true;
      } else {
        inClass = c == '[';
        afterQuantifier = c == '}';
      }
    }
  }

  private static int escapeLength(String expression, int at) {
    if (at >= expression.length()) {
      throw invalid(expression);
    }
    char escaped = expression.charAt(at);
    if (escaped == 'x') {
      if (at + 2 >= expression.length()
          || !HEX.matcher(expression.substring(at + 1, at + 3)).matches()) {
        throw invalid(expression);
      }
      return 3;
    }
    if (isAlphanumeric(escaped) ? CLASSES.indexOf(escaped) < 0 : SYMBOLS.indexOf(escaped) < 0) {
      throw invalid(expression);
    }
    return 1;
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  /** AWS: either number of a repetition may be left out; Java wants the first. */
  static String ofJava(String expression) {
    return WITHOUT_LEAST.matcher(expression).replaceAll("{0,");
  }

  private static InvalidPatternException invalid(String expression) {
    return new InvalidPatternException("Invalid character(s) in term '%" + expression + "%'");
  }
}
