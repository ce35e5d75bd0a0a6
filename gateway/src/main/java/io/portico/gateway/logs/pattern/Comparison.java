package io.portico.gateway.logs.pattern;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A condition on a value: {@code = ERROR}, {@code != 4*}, {@code >= 500}. */
record Comparison(Operator operator, Operand operand) {

  /** How a value is compared. */
  enum Operator {
    NOT_EQUAL("!="),
    AT_MOST("<="),
    AT_LEAST(">="),
    EQUAL("="),
    BELOW("<"),
    ABOVE(">");

    private final String sign;

    Operator(String sign) {
      this.sign = sign;
    }
  }

  /** Reads one. */
  static Comparison parse(PatternText pattern) {
    for (Operator operator : Operator.values()) {
      if (pattern.take(operator.sign)) {
        Operand operand = Operand.parse(pattern);
        boolean ofNumbers = operator != Operator.EQUAL && operator != Operator.NOT_EQUAL;
        if (ofNumbers && operand.number() == null) {
          throw new InvalidPatternException();
        }
        return new Comparison(operator, operand);
      }
    }
    throw new InvalidPatternException();
  }

  /**
   * Whether a value is such.
   *
   * @param number that it is, or null
   */
  boolean holdsFor(String value, @Nullable BigDecimal number) {
    BigDecimal other = operand.number();
    if (number == null || other == null) {
      return switch (operator) {
        case EQUAL -> operand.matches(value);
        case NOT_EQUAL -> !operand.matches(value);
        default -> false;
      };
    }
    int order = number.compareTo(other);
    return switch (operator) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case BELOW -> order < 0;
      case ABOVE -> order > 0;
      case AT_MOST -> order <= 0;
      case AT_LEAST -> order >= 0;
    };
  }
}
