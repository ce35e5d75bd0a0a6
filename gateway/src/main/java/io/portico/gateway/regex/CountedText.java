package io.portico.gateway.regex;

/**
 * A text that counts each character a matcher reads: backtracking reads the same ones again and
 * again.
 */
public record CountedText(String text, StepCounter steps) implements CharSequence {
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
