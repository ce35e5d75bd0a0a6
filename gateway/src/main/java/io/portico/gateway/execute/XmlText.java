package io.portico.gateway.execute;

/** Text between tags or quotes of XML and HTML. */
public final class XmlText {
  private XmlText() {}

  /** Whether a character may be markup, so that something else must stand for it. */
  public static boolean isMarkup(char c) {
    return c == '<' || c == '>' || c == '&' || c == '"' || c == '\'';
  }

  /** Appends a character so that it is no markup; controls are the caller's. */
  public static void append(char c, StringBuilder text) {
    switch (c) {
      case '<' -> text.append("&lt;");
      case '>' -> text.append("&gt;");
      case '&' -> text.append("&amp;");
      case '"' -> text.append("&quot;");
      case '\'' -> text.append("&#39;");
      default -> text.append(c);
    }
  }
}
