package io.portico.gateway.regex;

import io.portico.gateway.compute.Carrier;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression of Java's, compiled once, each match of it bounded. Immutable; any number of
 * threads may use it at once.
 */
public final class BoundedPattern {
  /** Far more than an expression needs that does not multiply, even for a text of 1 MB. */
  private static final int MAX_STEPS = 5_000_000;

  /**
   * The longest expression. Compiling a text that repeats itself takes the square of its length,
   * which nothing counts.
   */
  public static final int MAX_LENGTH = 10_000;

  private final Pattern pattern;

  private BoundedPattern(Pattern pattern) {
    this.pattern = pattern;
  }

  /**
   * @param flags of {@link Pattern}
   * @throws PatternSyntaxException if it is no regular expression, is longer than {@link
   *     #MAX_LENGTH} or nests too deeply
   */
  public static BoundedPattern compile(String expression, int flags) {
    if (expression.length() > MAX_LENGTH) {
      throw new PatternSyntaxException("Too long", expression, -1);
    }
    try {
      return new BoundedPattern(Pattern.compile(expression, flags));
    } catch (StackOverflowError e) {
      throw new PatternSyntaxException("Nests too deeply", expression, -1);
    }
  }

  /**
   * Whether the expression matches the whole text.
   *
   * @param carrier carries the calling thread
   * @throws TooManyStepsException if finding out takes too much work or nests too deeply
   */
  public boolean matches(String text, Carrier carrier) {
    try {
      return pattern.matcher(new CountedText(text, new StepLimit(MAX_STEPS, carrier))).matches();
    } catch (TooManyStepsException e) {
      throw new TooManyStepsException(this + " takes too many steps");
    } catch (StackOverflowError e) {
      throw new TooManyStepsException(this + " nests too deeply");
    }
  }

  /** The expression. */
  @Override
  public String toString() {
    return pattern.pattern();
  }
}
