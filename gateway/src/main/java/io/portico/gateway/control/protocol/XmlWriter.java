package io.portico.gateway.control.protocol;

/** Writes XML as AWS lays it out: an element a line, indented. */
final class XmlWriter {
  private final StringBuilder text = new StringBuilder();
  private int depth;

  XmlWriter open(String name) {
    indent();
    text.append('<').append(name).append(">\n");
    depth++;
    return this;
  }

  /**
   * @param namespace of the element and what is in it; without characters that are markup
   */
  XmlWriter open(String name, String namespace) {
    indent();
    text.append('<').append(name).append(" xmlns=\"").append(namespace).append("\">\n");
    depth++;
    return this;
  }

  XmlWriter close(String name) {
    depth--;
    indent();
    text.append("</").append(name).append(">\n");
    return this;
  }

  /** An element that has text only. */
  XmlWriter element(String name, String content) {
    indent();
    if (content.isEmpty()) {
      text.append('<').append(name).append("/>\n");
      return this;
    }
    text.append('<').append(name).append('>');
    for (int i = 0; i < content.length(); i++) {
      append(content, i);
    }
    text.append("</").append(name).append(">\n");
    return this;
  }

  private void append(String content, int at) {
    char c = content.charAt(at);
    switch (c) {
      case '<' -> text.append("&lt;");
      case '>' -> text.append("&gt;");
      case '&' -> text.append("&amp;");
      // A reader would make a line feed of it.
      case '\r' -> text.append("&#xD;");
      default -> text.append(isCharacter(content, at) ? c : '\ufffd');
    }
  }

  /**
   * Whether XML 1.0 can hold the character.
   *
   * @see <a href="https://www.w3.org/TR/xml/#charsets">Char</a>
   */
  private static boolean isCharacter(String content, int at) {
    char c = content.charAt(at);
    if (Character.isHighSurrogate(c)) {
      return at + 1 < content.length() && Character.isLowSurrogate(content.charAt(at + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return at > 0 && Character.isHighSurrogate(content.charAt(at - 1));
    }
    return c >= ' ' ? c < '\ufffe' : c == '\t' || c == '\n';
  }

  private void indent() {
    text.repeat("  ", depth);
  }

  String text() {
    return text.toString();
  }
}
