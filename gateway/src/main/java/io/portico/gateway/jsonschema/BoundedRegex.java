package io.portico.gateway.jsonschema;

import com.networknt.schema.regex.RegularExpression;
import io.portico.gateway.regex.BoundedPattern;
import io.portico.gateway.regex.CountedText;
import java.util.regex.Pattern;

/** A {@code pattern} of a schema: an ECMA-262 expression, its backtracking counted. */
final class BoundedRegex implements RegularExpression {
  private final Pattern pattern;

  /**
   * @throws IllegalArgumentException if it is no regular expression, or too long to be compiled
   */
  BoundedRegex(String expression) {
    if (expression.length() > BoundedPattern.MAX_LENGTH) {
      throw new IllegalArgumentException("a regular expression that is too long");
    }
    this.pattern = Pattern.compile(EcmaRegex.toJava(expression));
  }

  @Override
  public boolean matches(String text) {
    return pattern.matcher(new CountedText(text, RegexSteps.current())).find();
  }
}
