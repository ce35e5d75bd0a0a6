package io.portico.gateway.jsonschema;

import com.networknt.schema.regex.RegularExpression;
import java.util.regex.Pattern;

/** A {@code pattern} of a schema: an ECMA-262 expression, its backtracking counted. */
final class BoundedRegex implements RegularExpression {
  private final Pattern pattern;

  /**
   * @throws IllegalArgumentException if it is no regular expression
   */
  BoundedRegex(String expression) {
    this.pattern = Pattern.compile(EcmaRegex.toJava(expression));
  }

  @Override
  public boolean matches(String text) {
    return pattern.matcher(new CountedText(text, RegexSteps.current())).find();
  }

  private record CountedText(String text, RegexSteps steps) implements CharSequence {
    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      steps.step();
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
