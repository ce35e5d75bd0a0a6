package io.portico.gateway.jsonschema;

import static java.util.Map.entry;

import java.util.Map;

/**
 * Writes an ECMA-262 regular expression as one of Java's that means the same, where the two differ:
 * what {@code $} and {@code \s} match, escapes, and brackets within a class.
 */
final class EcmaRegex {
  /** ECMA-262: white space and line terminators. */
  private static final String SPACE =
      "\\t\\n\\x0B\\f\\r \\u00A0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000\\uFEFF";

  /** Names of character properties that Java writes otherwise; ECMA-262, section 22.2.2.9. */
  private static final Map<String, String> PROPERTIES =
      Map.ofEntries(
          entry("Letter", "L"),
          entry("Lowercase_Letter", "Ll"),
          entry("Uppercase_Letter", "Lu"),
          entry("Mark", "M"),
          entry("Number", "N"),
          entry("Decimal_Number", "Nd"),
          entry("digit", "Nd"),
          entry("Punctuation", "P"),
          entry("punct", "P"),
          entry("Symbol", "S"),
          entry("Separator", "Z"),
          entry("Other", "C"));

  private final String expression;
  private final StringBuilder out = new StringBuilder();
  private boolean inClass;

  private EcmaRegex(String expression) {
    this.expression = expression;
  }

  static String toJava(String expression) {
    return new EcmaRegex(expression).translate();
  }

  private String translate() {
    int at = 0;
    while (at < expression.length()) {
      char c = expression.charAt(at);
      if (c == '\\' && at + 1 < expression.length()) {
        at = escape(expression.charAt(at + 1), at + 2);
        continue;
      }
      if (inClass) {
        inClass(c);
      } else {
        outside(c);
      }
      at++;
    }
    return out.toString();
  }

  /** Writes the escape of {@code c}; returns where the text goes on. */
  private int escape(char c, int next) {
    switch (c) {
      case 's' -> out.append(inClass ? SPACE : "[" + SPACE + "]");
      case 'S' -> out.append("[^").append(SPACE).append(']');
      case '0' -> {
        boolean octal = next < expression.length() && Character.isDigit(expression.charAt(next));
        out.append(octal ? "\\0" : "\\x00");
      }
      case 'a', 'e', 'A', 'z', 'Z', 'G', 'h', 'H', 'R', 'X', 'Q', 'E', 'N' ->
          // Letters that only Java gives a meaning are the letters themselves.
          out.append(c);
      case 'c' -> {
        return control(next);
      }
      case 'p', 'P' -> {
        return property(c, next);
      }
      default -> out.append('\\').append(c);
    }
    return next;
  }

  private int control(int letter) {
    if (letter >= expression.length()) {
      out.append("\\\\c");
      return letter;
    }
    out.append(String.format("\\x%02x", expression.charAt(letter) % 32));
    return letter + 1;
  }

  private int property(char kind, int open) {
    int close = expression.indexOf('}', open);
    if (open >= expression.length() || expression.charAt(open) != '{' || close < 0) {
      out.append('\\').append(kind);
      return open;
    }
    String name = expression.substring(open + 1, close);
    out.append('\\').append(kind).append('{');
    out.append(PROPERTIES.getOrDefault(name, name)).append('}');
    return close + 1;
  }

  private void inClass(char c) {
    switch (c) {
      case ']' -> {
        inClass = false;
        out.append(c);
      }
      case '[' -> out.append("\\[");
      case '&' -> out.append("\\&");
      default -> out.append(c);
    }
  }

  private void outside(char c) {
    switch (c) {
      case '[' -> {
        inClass = true;
        out.append(c);
      }
      case '$' -> out.append("\\z");
      default -> out.append(c);
    }
  }
}
