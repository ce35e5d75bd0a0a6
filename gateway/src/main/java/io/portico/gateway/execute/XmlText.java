package io.portico.gateway.execute;

import org.jspecify.annotations.Nullable;

/** Text between tags or quotes of XML and HTML. */
public final class XmlText {
  private XmlText() {}

  /** Whether a character may be markup, so that something else must stand for it. */
  public static boolean isMarkup(char c) {
    return reference(c) != null;
  }

  /** Appends a character so that it is no markup; controls are the caller's. */
  public static void append(char c, StringBuilder text) {
    String reference = reference(c);
    if (reference == null) {
      text.append(c);
    } else {
      text.append(reference);
    }
  }

  private static @Nullable String reference(char c) {
    return switch (c) {
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      case '&' -> "&amp;";
      case '"' -> "&quot;";
      case '\'' -> "&#39;";
      default -> null;
    };
  }
}
