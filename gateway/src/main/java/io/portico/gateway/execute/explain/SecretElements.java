package io.portico.gateway.execute.explain;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Hides what stands in elements of XML that are named like a secret: texts, CDATA, elements in
 * them, and their attributes. It may be cut off anywhere; what is hidden then goes to the end.
 * Where it is not, what looks like a start tag and has no end tag is hidden to the next quote or
 * line end: it may be a word of a sentence. Attributes of other elements are {@link
 * SecretParameters parameters}.
 *
 * <p>Takes time in proportion to the content, whatever that is.
 */
final class SecretElements {
  private static final String CDATA = "<![CDATA[";
  private static final String COMMENT = "<!--";

  private final String content;
  private final boolean cut;
  private final Secrets secrets;
  private final Next endOfCdata = new Next("]]>");
  private final Next endOfComment = new Next("-->");
  private @Nullable Map<String, Integer> lastEndTags;
  private final StringBuilder shown = new StringBuilder();
  private int done;

  private SecretElements(String content, boolean cut, Secrets secrets) {
    this.content = content;
    this.cut = cut;
    this.secrets = secrets;
  }

  /**
   * @param cut whether it is the beginning of a longer one
   */
  static String hidden(String content, boolean cut, Secrets secrets) {
    return content.indexOf('<') < 0 ? content : new SecretElements(content, cut, secrets).hidden();
  }

  private String hidden() {
    int open = content.indexOf('<');
    while (open >= 0) {
      int nameEnd = endOfName(open + 1);
      int next = open + 1;
      if (nameEnd > next && secrets.isSecret(content.substring(next, nameEnd))) {
        next = hide(content.substring(next, nameEnd), nameEnd);
      }
      open = content.indexOf('<', next);
    }
    return shown.append(content, done, content.length()).toString();
  }

  /** Hides an element; returns where others may begin. */
  private int hide(String name, int nameEnd) {
    int tagEnd = endOfTag(nameEnd);
    boolean closed = content.charAt(tagEnd - 1) == '>';
    boolean empty = closed && content.charAt(tagEnd - 2) == '/';
    if (content.substring(nameEnd, tagEnd).indexOf('=') >= 0) {
      shown.append(content, done, nameEnd).append(' ').append(Secrets.HIDDEN);
      shown.append(empty ? "/>" : closed ? ">" : "");
      done = tagEnd;
    }
    if (empty || !closed) {
      return tagEnd;
    }
    int end = endOfElement(tagEnd, name);
    String inside = content.substring(tagEnd, end);
    if (!inside.isBlank()) {
      secrets.found(inside);
      shown.append(content, done, tagEnd).append(Secrets.HIDDEN);
      done = end;
    }
    return end;
  }

  private int endOfName(int from) {
    int most = Math.min(content.length(), from + Secrets.LONGEST_NAME);
    int end = from;
    while (end < most && isOfName(content.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isOfName(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == ':' || c == '-';
  }

  /** Behind a start tag, or where it breaks off. */
  private int endOfTag(int from) {
    for (int i = from; i < content.length(); i++) {
      char c = content.charAt(i);
      if (c == '>') {
        return i + 1;
      }
      if (c == '<') {
        return i;
      }
      if (c == '"' || c == '\'') {
        int end = content.indexOf(c, i + 1);
        if (end < 0) {
          return content.length();
        }
        i = end;
      }
    }
    return content.length();
  }

  /**
   * Before the end tag of an element, in which others may have its name; before the last one where
   * there are fewer than start tags.
   */
  private int endOfElement(int from, String name) {
    int last = cut ? content.length() : lastEndTag(name);
    if (last < from) {
      return endOfLine(from);
    }
    int depth = 1;
    String end = "/" + name;
    int next = content.indexOf('<', from);
    while (next >= 0 && next <= last) {
      int behind = next + 1;
      if (content.startsWith(CDATA, next)) {
        behind = endOfCdata.from(next);
      } else if (content.startsWith(COMMENT, next)) {
        behind = endOfComment.from(next);
      } else if (isNamed(end, next + 1)) {
        depth--;
      } else if (isNamed(name, next + 1)) {
        behind = endOfTag(next + 1 + name.length());
        depth += content.startsWith("/>", behind - 2) ? 0 : 1;
      }
      if (depth == 0) {
        return next;
      }
      next = behind < 0 ? -1 : content.indexOf('<', behind);
    }
    return last;
  }

  /** Where the last end tag of a name is, or -1: all of them are looked for once. */
  private int lastEndTag(String name) {
    Map<String, Integer> known = lastEndTags;
    if (known == null) {
      known = new HashMap<>();
      for (int at = content.indexOf("</"); at >= 0; at = content.indexOf("</", at + 2)) {
        known.put(content.substring(at + 2, endOfName(at + 2)), at);
      }
      lastEndTags = known;
    }
    return known.getOrDefault(name, -1);
  }

  /** Before the next quote or line end behind blanks. */
  private int endOfLine(int from) {
    int end = from;
    while (end < content.length() && Character.isWhitespace(content.charAt(end))) {
      end++;
    }
    while (end < content.length() && "\"\r\n".indexOf(content.charAt(end)) < 0) {
      end++;
    }
    while (end > from && content.charAt(end - 1) == '\\') {
      end--;
    }
    return end;
  }

  private boolean isNamed(String name, int from) {
    int end = from + name.length();
    return content.startsWith(name, from)
        && (end == content.length() || !isOfName(content.charAt(end)));
  }

  /** Finds the next of a text, from places that only grow, without looking anywhere twice. */
  private final class Next {
    private final String text;
    private int at;
    private boolean isNone;

    Next(String text) {
      this.text = text;
    }

    int from(int place) {
      if (!isNone && at < place) {
        at = content.indexOf(text, place);
        isNone = at < 0;
      }
      return isNone ? -1 : at;
    }
  }
}
