package io.portico.gateway.logs.pattern;

import io.portico.gateway.regex.TooManyStepsException;

/** A filter pattern, ready to be held against messages. */
@FunctionalInterface
public interface FilterPattern {

  /**
   * Whether an event with this message is one of those that are looked for.
   *
   * @throws TooManyStepsException if a regular expression takes too much work
   */
  boolean matches(String message);

  /**
   * Reads a pattern.
   *
   * @throws InvalidPatternException if it is none
   */
  static FilterPattern parse(String text) {
    String pattern = text.strip();
    if (pattern.isEmpty()) {
      return message -> true;
    }
    return switch (pattern.charAt(0)) {
      case '{' -> new JsonPatternParser(pattern).parse();
      case '[' -> new FieldPatternParser(pattern).parse();
      case '%' -> {
        PatternText regex = new PatternText(pattern);
        Operand operand = Operand.regex(regex);
        regex.expectEnd();
        yield operand::matches;
      }
      default -> TermPattern.parse(pattern);
    };
  }
}
