package io.portico.gateway.aws;

/** Text with the wildcards of IAM's policies: {@code *} for any characters, {@code ?} for one. */
public final class Wildcards {
  private Wildcards() {}

  /** Goes back to the last {@code *} only: what earlier ones took needs no other choice. */
  public static boolean match(String pattern, String text) {
    int at = 0;
    int star = -1;
    int resumed = 0;
    int i = 0;
    while (i < text.length()) {
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
