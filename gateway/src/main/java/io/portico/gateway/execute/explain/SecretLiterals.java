package io.portico.gateway.execute.explain;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides texts in quotes behind a name of a secret and a colon or an arrow, as GraphQL, JavaScript,
 * Python and Ruby write them: {@code password: "…"}, {@code 'password': '…'}, {@code "password" =>
 * "…"}. They may stand in a text of JSON, which escapes the quotes. Cut off, they are hidden to the
 * end.
 *
 * <p>Takes time in proportion to the content, whatever that is.
 */
final class SecretLiterals {
  private static final Pattern LITERAL =
      Pattern.compile(
          "(?<![A-Za-z0-9_.-])([A-Za-z0-9_.-]{1,256}+)(?:\\\\{0,63}+[\"'])?+\\s{0,8}+(?::|=>)"
              + "\\s{0,8}+(\\\\{0,63}+)([\"'])");

  private SecretLiterals() {}

  static String hidden(String content, Secrets secrets) {
    if (content.indexOf(':') < 0 && content.indexOf('>') < 0) {
      return content;
    }
    Matcher literal = LITERAL.matcher(content);
    StringBuilder shown = new StringBuilder();
    int done = 0;
    int from = 0;
    while (literal.find(from)) {
      from = literal.end();
      if (isSecret(content, literal, secrets)) {
        int end = end(content, from, literal.end(2) - literal.start(2), literal.group(3).charAt(0));
        String value = content.substring(from, end);
        secrets.found(value);
        shown.append(content, done, from).append(Secrets.masked(value));
        done = end;
        from = end;
      }
    }
    return shown.append(content, done, content.length()).toString();
  }

  /** Before a name in a text of JSON may be an escaped line end. */
  private static boolean isSecret(String content, Matcher literal, Secrets secrets) {
    String name = literal.group(1);
    int begin = literal.start(1);
    return secrets.isSecret(name)
        || (begin > 0
            && content.charAt(begin - 1) == '\\'
            && "nrt".indexOf(name.charAt(0)) >= 0
            && secrets.isSecret(name.substring(1)));
  }

  /**
   * Before the quote that ends a text, or the text of JSON that it stands in.
   *
   * @param escapes before its first quote
   */
  private static int end(String content, int from, int escapes, char quote) {
    int before = 0;
    for (int i = from; i < content.length(); i++) {
      char c = content.charAt(i);
      if (c == quote && (before <= escapes || (c == '"' && isEnd(before, escapes)))) {
        return i - Math.min(before, escapes);
      }
      before = c == '\\' ? before + 1 : 0;
    }
    return content.length();
  }

  /** Behind escapes of the text itself, which are doubled in pairs. */
  private static boolean isEnd(int before, int escapes) {
    return before % (2 * (escapes + 1)) == escapes;
  }
}
