package io.portico.gateway.aws;

/** Text with the wildcards of IAM's policies: {@code *} for any characters, {@code ?} for one. */
public final class Wildcards {
  private Wildcards() {}

  /** Whether a text is like a pattern. */
  public static boolean match(String pattern, String text) {
    return match(pattern, text, 0, text.length());
  }

  /**
   * The same of a part of a text. Goes back to the last {@code *} only: what earlier ones took
   * needs no other choice.
   */
  static boolean match(String pattern, String text, int begin, int end) {
    int at = 0;
    int star = -1;
    int resumed = begin;
    int i = begin;
    while (i < end) {
      char wanted = at < pattern.length() ? pattern.charAt(at) : '\0';
      if (wanted == '*') {
        star = at++;
        resumed = i;
      } else if (at < pattern.length() && (wanted == '?' || wanted == text.charAt(i))) {
        at++;
        i++;
      } else if (star >= 0) {
        at = star + 1;
        i = ++resumed;
      } else {
        return false;
      }
    }
    while (at < pattern.length() && pattern.charAt(at) == '*') {
      at++;
    }
    return at == pattern.length();
  }
}
