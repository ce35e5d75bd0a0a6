package io.portico.gateway.execute.explain;

/**
 * Hides members of JSON that are named like a secret, by their own name or by that of a {@link
 * SecretPairs pair}: texts, numbers, and all that stands in an object or an array of such a name.
 * The JSON may itself stand in a text of JSON, and that again. It may be cut off anywhere; what is
 * hidden then goes to the end.
 *
 * <p>Takes time in proportion to the content, whatever that is.
 */
final class SecretMembers {
  /** A quote that begins a text has no more escapes than this before it. */
  private static final int DEEPEST = 63;

  private final String content;
  private final QuotedJson json;
  private final SecretPairs pairs;
  private final Secrets secrets;
  private final StringBuilder shown = new StringBuilder();
  private int done;

  private SecretMembers(String content, Secrets secrets) {
    this.content = content;
    this.json = new QuotedJson(content);
    this.pairs = new SecretPairs(json, secrets);
    this.secrets = secrets;
  }

  static String hidden(String content, Secrets secrets) {
    return content.indexOf('"') < 0 ? content : new SecretMembers(content, secrets).hidden();
  }

  private String hidden() {
    int escapes = 0;
    for (int i = 0; i < content.length(); i++) {
      char c = content.charAt(i);
      if (c == '"' && escapes <= DEEPEST && hides(i + 1, escapes)) {
        i = done - 1;
      }
      escapes = c == '\\' ? escapes + 1 : 0;
    }
    return shown.append(content, done, content.length()).toString();
  }

  /**
   * Hides the value of a member, if it is one whose name begins here and is a secret's.
   *
   * @param from behind the quote
   * @param escapes before that
   */
  private boolean hides(int from, int escapes) {
    int end = json.endOfName(from, escapes);
    int colon = end < 0 ? -1 : json.behindBlanks(end);
    if (!json.has(':', colon)) {
      return false;
    }
    String name = json.name(from, end - 1 - escapes);
    int begin = from - 1 - escapes;
    int value = json.behindBlanks(colon + 1);
    if (secrets.isSecret(name) || pairs.isSecret(begin)) {
      return hide(value, escapes, content.length());
    }
    int before = pairs.named(name, begin, value, escapes);
    if (before >= 0) {
      // Another member, which stands before this one.
      boolean _ = hide(before, escapes, begin);
    }
    return false;
  }

  /** Hides a value, unless it tells nothing. */
  private boolean hide(int value, int escapes, int to) {
    int end = json.endOfValue(value, escapes, to);
    if (end < 0) {
      return false;
    }
    int quote = json.behindEscapes(value);
    if (json.has('"', quote)) {
      int text = quote + 1;
      secrets.found(content.substring(text, Math.max(text, end - 1 - (quote - value))));
    } else if (json.isStructure(value)
        ? isClosing(json.behindBlanks(value + 1))
        : Character.isLetter(content.charAt(value))) {
      return false;
    }
    String quotes = "\\".repeat(escapes) + '"';
    if (done <= value) {
      shown.append(content, done, value).append(quotes).append(Secrets.HIDDEN).append(quotes);
    } else {
      // Of one that is found out at its end, a part may be hidden by now.
      shown.append(Secrets.HIDDEN);
    }
    done = Math.max(done, end);
    return true;
  }

  private boolean isClosing(int at) {
    return json.has('}', at) || json.has(']', at);
  }
}
