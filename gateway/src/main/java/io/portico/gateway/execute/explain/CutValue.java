package io.portico.gateway.execute.explain;

/** The beginning of a value where a text was cut. */
final class CutValue {
  private CutValue() {}

  /**
   * How many of the first characters of a value a text ends with: of Knuth, Morris and Pratt, in
   * time in proportion to the shorter of both.
   *
   * @param end of the text
   */
  static int length(String text, int end, String value) {
    int most = Math.min(end, value.length());
    int[] shorter = new int[most];
    int matched = 0;
    for (int i = 1; i < most; i++) {
      matched = next(value, shorter, matched, value.charAt(i));
      shorter[i] = matched;
    }
    matched = 0;
    for (int i = end - most; i < end; i++) {
      matched = next(value, shorter, matched, text.charAt(i));
    }
    return matched;
  }

  /** How much is matched with one character more. */
  private static int next(String value, int[] shorter, int matched, char c) {
    int now = matched;
    while (now > 0 && value.charAt(now) != c) {
      now = shorter[now - 1];
    }
    return value.charAt(now) == c ? now + 1 : now;
  }
}
