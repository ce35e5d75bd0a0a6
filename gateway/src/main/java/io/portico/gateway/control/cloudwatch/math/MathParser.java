package io.portico.gateway.control.cloudwatch.math;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads an expression, operators that bind less first. */
final class MathParser {
  private static final int MOST_DEPTH = 64;

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(?<number>\\d+(?:\\.\\d*)?(?:[eE][+-]?\\d+)?|\\.\\d+)"
              + "|(?<word>[A-Za-z][A-Za-z0-9_]*)"
              + "|(?<text>\"[^\"]*\"|'[^']*')"
              + "|(?<operator>&&|\\|\\||<=|>=|==|!=|[-+*/^()\\[\\],<>]))");

  private static final List<Set<String>> OPERATORS =
      List.of(
          Set.of("||", "OR"),
          Set.of("&&", "AND"),
          Set.of("<", ">", "<=", ">=", "==", "!="),
          Set.of("+", "-"),
          Set.of("*", "/"),
          Set.of("^"));

  private static final String END = "";

  private final List<Token> tokens = new ArrayList<>();
  private int next;
  private int depth;

  private enum Kind {
    NUMBER,
    WORD,
    TEXT,
    OPERATOR
  }

  private record Token(Kind kind, String text) {}

  private MathParser(String expression) {
    Matcher matcher = TOKEN.matcher(expression);
    int end = expression.stripTrailing().length();
    int at = 0;
    while (at < end) {
      if (!matcher.find(at) || matcher.start() != at) {
        throw new MathException("Unexpected character at position " + at);
      }
      for (Kind kind : Kind.values()) {
        String text = matcher.group(kind.name().toLowerCase(Locale.ROOT));
        if (text != null) {
          tokens.add(new Token(kind, text));
        }
      }
      at = matcher.end();
    }
  }

  /**
   * @throws MathException if it is none
   */
  static MathNode parse(String expression) {
    MathParser parser = new MathParser(expression);
    MathNode node = parser.binary(0);
    if (parser.next < parser.tokens.size()) {
      throw new MathException("Unexpected '" + parser.peek() + "'");
    }
    return node;
  }

  private String peek() {
    return next < tokens.size() ? tokens.get(next).text : END;
  }

  private boolean takes(String text) {
    boolean there = peek().equals(text) && tokens.get(next).kind != Kind.TEXT;
    next += there ? 1 : 0;
    return there;
  }

  private void expect(String text) {
    if (!takes(text)) {
      throw new MathException("Expected '%s' and found '%s'".formatted(text, peek()));
    }
  }

  private MathNode binary(int level) {
    if (level == OPERATORS.size()) {
      return unary();
    }
    MathNode left = binary(level + 1);
    while (OPERATORS.get(level).contains(peek().toUpperCase(Locale.ROOT))) {
      String operator = tokens.get(next++).text.toUpperCase(Locale.ROOT);
      left = new MathNode.Operation(operator, left, binary(level + 1));
    }
    return left;
  }

  private MathNode unary() {
    if (++depth > MOST_DEPTH) {
      throw new MathException("The expression is nested too deeply");
    }
    MathNode node = takes("-") ? new MathNode.Minus(unary()) : primary();
    depth--;
    return node;
  }

  private MathNode primary() {
    if (takes("(")) {
      MathNode inner = binary(0);
      expect(")");
      return inner;
    }
    if (takes("[")) {
      return new MathNode.Listed(list("]"));
    }
    if (next >= tokens.size()) {
      throw new MathException("Unexpected end of the expression");
    }
    Token token = tokens.get(next++);
    return switch (token.kind) {
      case NUMBER -> new MathNode.Literal(Double.parseDouble(token.text));
      case TEXT -> new MathNode.Text(token.text.substring(1, token.text.length() - 1));
      case OPERATOR -> throw new MathException("Unexpected '" + token.text + "'");
      case WORD -> word(token.text);
    };
  }

  private MathNode word(String word) {
    if (takes("(")) {
      return new MathNode.Function(word.toUpperCase(Locale.ROOT), list(")"));
    }
    return Character.isLowerCase(word.charAt(0))
        ? new MathNode.Reference(word)
        : new MathNode.Keyword(word);
  }

  private List<MathNode> list(String end) {
    List<MathNode> all = new ArrayList<>();
    if (takes(end)) {
      return all;
    }
    do {
      all.add(binary(0));
    } while (takes(","));
    expect(end);
    return all;
  }
}
