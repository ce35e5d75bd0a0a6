package io.portico.gateway.execute.explain;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides parameters that are named like a secret: of queries and forms, attributes of XML, and the
 * plain prints of maps. A value without quotes goes to the next {@code &}, blank or quote: what
 * else a browser leaves as it is may belong to it. In a list of them, in brackets or behind a
 * comma, it has blanks as well and goes to the next name or closing bracket.
 *
 * <p>Takes time in proportion to the text, whatever that is.
 */
final class SecretParameters {
  private static final Pattern PARAMETER =
      Pattern.compile(
          "(^|[?#&;,\"'\\s\\[{(<]|\\\\[nrt])([A-Za-z0-9_.:%+\\[\\]-]{1,256}+)"
              + "\\s{0,8}+=(\\s{0,8}+)");

  /** What the next of a list begins with. */
  private static final Pattern NEXT =
      Pattern.compile("\\s{1,8}+[A-Za-z0-9_.:%+\\[\\]-]{1,256}+\\s{0,8}+=");

  /** What ends a value that is not in quotes. */
  private static final String ENDS = "&\"<";

  /** What stands before a blank and the secret itself. */
  private static final Set<String> SCHEMES =
      Set.of("basic", "bearer", "digest", "negotiate", "token");

  /** What stands behind a value rather than in it, where it is the last. */
  private static final String BEHIND = "\\,;)}]>'";

  private static final String OPENING = "{([<";
  private static final String CLOSING = "})]";

  private static final int MOST_BLANKS = 8;

  private final String text;
  private final Secrets secrets;
  private final StringBuilder shown = new StringBuilder();
  private int done;

  private SecretParameters(String text, Secrets secrets) {
    this.text = text;
    this.secrets = secrets;
  }

  static String hidden(String text, Secrets secrets) {
    return text.indexOf('=') < 0 ? text : new SecretParameters(text, secrets).hidden();
  }

  private String hidden() {
    Matcher parameter = PARAMETER.matcher(text);
    int from = 0;
    while (from <= text.length() && parameter.find(from)) {
      from = parameter.start(3);
      String name = decoded(parameter.group(2));
      if (secrets.isSecretParameter(name)) {
        String before = parameter.group(1);
        boolean inList = secrets.isSecret(name) && isInList(before, parameter.start(1));
        from = hide(parameter.end(), mayBeQuoted(before), inList);
      }
    }
    return shown.append(text, done, text.length()).toString();
  }

  /**
   * Attributes stand behind blanks, and lists in brackets; behind all else a quote ends the text
   * that has them.
   */
  private static boolean mayBeQuoted(String before) {
    return before.isBlank() || before.charAt(0) == '\\' || (OPENING + ",;").contains(before);
  }

  private boolean isInList(String before, int at) {
    if (before.isEmpty() || before.charAt(0) > ' ') {
      return !before.isEmpty() && (OPENING + ",").contains(before);
    }
    int last = at;
    while (last > 0 && at - last < MOST_BLANKS && text.charAt(last) <= ' ') {
      last--;
    }
    return text.charAt(last) == ',';
  }

  /** Hides a value; returns where it ends. */
  private int hide(int from, boolean mayBeQuoted, boolean inList) {
    int begin = from;
    while (begin < text.length() && text.charAt(begin) == '\\') {
      begin++;
    }
    int end;
    if (mayBeQuoted && begin < text.length() && "\"'".indexOf(text.charAt(begin)) >= 0) {
      int quote = text.indexOf(text.charAt(begin), begin + 1);
      begin++;
      end = without("\\", begin, quote < 0 ? text.length() : quote);
    } else {
      begin = from;
      end = endOfWord(begin);
      if (end < text.length() - 1
          && text.charAt(end) == ' '
          && SCHEMES.contains(text.substring(begin, end).toLowerCase(Locale.ROOT))) {
        begin = end + 1;
        end = endOfWord(begin);
      }
      while (inList && end < text.length() && text.charAt(end) == ' ' && !isLast(begin, end)) {
        end = endOfWord(end + 1);
      }
      end = without(BEHIND, begin, end);
    }
    String value = text.substring(begin, end);
    secrets.found(value);
    shown.append(text, done, begin).append(Secrets.masked(value));
    done = end;
    return end;
  }

  private int endOfWord(int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) > ' ' && ENDS.indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  /** Whether a word is the last of a value in a list. */
  private boolean isLast(int begin, int end) {
    int last = without(",;", begin, end);
    return (last > begin && CLOSING.indexOf(text.charAt(last - 1)) >= 0)
        || (last < end && NEXT.matcher(text).region(end, text.length()).lookingAt());
  }

  private int without(String last, int begin, int end) {
    int before = end;
    while (before > begin && last.indexOf(text.charAt(before - 1)) >= 0) {
      before--;
    }
    return before;
  }

  /** A form may escape what it likes; what cannot be undone stays. */
  private static String decoded(String name) {
    try {
      return name.indexOf('%') < 0 ? name : URLDecoder.decode(name, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return name;
    }
  }
}
