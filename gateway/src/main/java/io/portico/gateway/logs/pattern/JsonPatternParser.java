package io.portico.gateway.logs.pattern;

import io.portico.gateway.logs.pattern.JsonPattern.Expression;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads {@code { $.level = "ERROR" && ($.code >= 500 || $.retry IS TRUE) }}. */
final class JsonPatternParser {
  /** AWS: source: documented. */
  private static final int MOST_WILDCARDS = 3;

  private final PatternText pattern;
  private int wildcards;

  JsonPatternParser(String text) {
    this.pattern = new PatternText(text);
  }

  JsonPattern parse() {
    pattern.expect("{");
    Expression expression = any();
    pattern.expect("}");
    pattern.expectEnd();
    if (wildcards > MOST_WILDCARDS) {
      throw new InvalidPatternException();
    }
    return new JsonPattern(expression);
  }

  private Expression any() {
    List<Expression> parts = new ArrayList<>(List.of(all()));
    while (pattern.take("||")) {
      parts.add(all());
    }
    return parts.size() == 1 ? parts.getFirst() : new Expression.Any(parts);
  }

  private Expression all() {
    List<Expression> parts = new ArrayList<>(List.of(one()));
    while (pattern.take("&&")) {
      parts.add(one());
    }
    return parts.size() == 1 ? parts.getFirst() : new Expression.All(parts);
  }

  private Expression one() {
    if (pattern.take("(")) {
      Expression inner = any();
      pattern.expect(")");
      return inner;
    }
    pattern.skipBlanks();
    JsonSelector selector = JsonSelector.parse(pattern);
    wildcards += selector.wildcards();
    pattern.skipBlanks();
    if (!Character.isLetter(pattern.peek())) {
      return new Expression.Compared(selector, Comparison.parse(pattern));
    }
    String verb = word();
    String what = word();
    return switch (verb + " " + what) {
      case "IS NULL" -> new Expression.Is(selector, JsonNode::isNull);
      case "IS TRUE" ->
          new Expression.Is(selector, value -> value.isBoolean() && value.booleanValue());
      case "IS FALSE" ->
          new Expression.Is(selector, value -> value.isBoolean() && !value.booleanValue());
      case "NOT EXISTS" -> new Expression.Missing(selector);
      default -> throw new InvalidPatternException();
    };
  }

  private String word() {
    pattern.skipBlanks();
    return pattern.run(Character::isLetter);
  }
}
