package io.portico.gateway.execute.explain;

/**
 * Writes characters that JSON needs not escape as themselves: slashes, and what is escaped by the
 * number of a printable character of ASCII other than a backslash. Some writers escape quotes,
 * brackets and {@code &} like that (.NET, Go and Gson in what may be shown by a browser, PHP each
 * slash). A quote keeps the escapes that it needs, in a text of JSON within another as well.
 *
 * <p>Takes time in proportion to the content, whatever that is.
 */
final class SecretEscapes {
  private static final int DIGITS = 4;

  private SecretEscapes() {}

  static String undone(String content) {
    StringBuilder plain = new StringBuilder();
    int done = 0;
    int at = content.indexOf('\\');
    while (at >= 0) {
      int behind = at;
      while (behind < content.length() && content.charAt(behind) == '\\') {
        behind++;
      }
      int end = behind;
      char escaped = escaped(content, behind);
      if (escaped != 0) {
        int left = left(behind - at, escaped == '"');
        plain.append(content, done, at).repeat('\\', left).append(escaped);
        end = behind + (escaped == '/' && content.charAt(behind) == '/' ? 1 : 1 + DIGITS);
        done = end;
      }
      at = content.indexOf('\\', end);
    }
    return done == 0 ? content : plain.append(content, done, content.length()).toString();
  }

  /** What is escaped, or 0 where it is nothing that stands for itself. */
  private static char escaped(String content, int at) {
    if (at < content.length() && content.charAt(at) == '/') {
      return '/';
    }
    if (at + DIGITS >= content.length() || content.charAt(at) != 'u') {
      return 0;
    }
    int code = 0;
    for (int i = at + 1; i <= at + DIGITS; i++) {
      int digit = Character.digit(content.charAt(i), 16);
      if (digit < 0) {
        return 0;
      }
      code = 16 * code + digit;
    }
    return code < ' ' || code > '~' || code == '\\' ? 0 : (char) code;
  }

  /**
   * How many backslashes stay. Of an odd number the last is that of the escape; an even one is an
   * odd one that each text of JSON around it has doubled.
   */
  private static int left(int backslashes, boolean ofQuote) {
    int doubled = Integer.lowestOneBit(backslashes);
    return ofQuote ? backslashes + doubled - 1 : backslashes - doubled;
  }
}
