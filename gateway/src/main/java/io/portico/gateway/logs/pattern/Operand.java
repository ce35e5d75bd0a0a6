package io.portico.gateway.logs.pattern;

import io.portico.gateway.compute.Carrier;
import io.portico.gateway.regex.BoundedPattern;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** What a value is compared with. */
sealed interface Operand {

  /** Whether it is what a text says. */
  boolean matches(String value);

  /** The number that it is, or null. */
  default @Nullable BigDecimal number() {
    return null;
  }

  /**
   * A text in which an asterisk at the beginning or the end stands for whatever is there.
   *
   * @param number that it is where it was not quoted, or null
   */
  record Text(String text, @Nullable BigDecimal number) implements Operand {
    @Override
    public boolean matches(String value) {
      boolean anyBefore = text.startsWith("*");
      boolean anyBehind = text.length() > 1 && text.endsWith("*");
      String kept = text.substring(anyBefore ? 1 : 0, text.length() - (anyBehind ? 1 : 0));
      if (anyBefore && anyBehind) {
        return value.contains(kept);
      }
      if (anyBefore) {
        return value.endsWith(kept);
      }
      return anyBehind ? value.startsWith(kept) : value.equals(kept);
    }
  }

  /** A regular expression that is found somewhere in the value. */
  record Regex(BoundedPattern expression) implements Operand {
    @Override
    public boolean matches(String value) {
      return expression.matches(value, Carrier.UNSHARED);
    }
  }

  Pattern NUMBER = Pattern.compile("[+-]?\\d{1,100}(\\.\\d{1,100})?([eE][+-]?\\d{1,4})?");

  /** Reads one: quoted, a regular expression, or as far as such characters go. */
  static Operand parse(PatternText pattern) {
    pattern.skipBlanks();
    return switch (pattern.peek()) {
      case '"' -> new Text(pattern.quoted('"'), null);
      case '%' -> regex(pattern);
      default -> {
        String word = pattern.run(Operand::isWord);
        if (word.isEmpty()) {
          throw new InvalidPatternException();
        }
        yield new Text(word, number(word));
      }
    };
  }

  private static boolean isWord(int c) {
    return Character.isLetterOrDigit(c) || "_*.-+:/".indexOf(c) >= 0;
  }

  /** The number that a text is, or null. */
  static @Nullable BigDecimal number(String text) {
    return NUMBER.matcher(text).matches() ? new BigDecimal(text) : null;
  }

  /** Reads a regular expression between percent signs. */
  static Operand regex(PatternText pattern) {
    pattern.expect("%");
    String expression = pattern.run(c -> c != '%');
    pattern.expect("%");
    RegexSyntax.check(expression);
    try {
      // AWS: an expression matches anywhere unless it is anchored; source: documented.
      return new Regex(
          BoundedPattern.compile(
              ".*?(?:" + RegexSyntax.ofJava(expression) + ").*", Pattern.DOTALL));
    } catch (PatternSyntaxException e) {
      throw new InvalidPatternException();
    }
  }
}
