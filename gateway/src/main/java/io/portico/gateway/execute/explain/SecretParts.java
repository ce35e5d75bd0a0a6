package io.portico.gateway.execute.explain;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides parts of {@code multipart/form-data} that are named like a secret. It may stand in a text
 * of JSON, which escapes its line ends, and that again. Cut off, it is hidden to the end.
 *
 * <p>Takes time in proportion to the content, whatever that is.
 */
final class SecretParts {
  private static final String LINE_END = "(?:\\r?\\n|\\\\{1,63}(?:r\\\\{1,63})?n)";

  /** What says how a part is called. */
  private static final Pattern NAMED =
      Pattern.compile(
          "form-data(?=[;\\s])[^\\r\\n]{0,256}?[;\\s]name=\\\\{0,63}\"?([^\"\\\\\\r\\n;]{1,256})",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern BLANK_LINE = Pattern.compile(LINE_END + LINE_END);
  private static final Pattern BOUNDARY = Pattern.compile(LINE_END + "--");

  private SecretParts() {}

  static String hidden(String content, Secrets secrets) {
    Matcher named = NAMED.matcher(content);
    Matcher blank = BLANK_LINE.matcher(content);
    Matcher boundary = BOUNDARY.matcher(content);
    StringBuilder shown = new StringBuilder();
    int done = 0;
    while (named.find() && blank.find(named.end())) {
      int begin = blank.end();
      int end = boundary.find(begin) ? boundary.start() : content.length();
      if (begin >= done && end > begin && secrets.isSecret(named.group(1))) {
        secrets.found(content.substring(begin, end));
        shown.append(content, done, begin).append(Secrets.HIDDEN);
        done = end;
      }
      named.region(end, content.length());
    }
    return shown.append(content, done, content.length()).toString();
  }
}
