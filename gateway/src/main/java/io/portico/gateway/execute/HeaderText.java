package io.portico.gateway.execute;

import io.portico.gateway.http.Headers;

/** Makes what a mapping gives fit to stand in a header: no value ever splits one. */
public final class HeaderText {
  private HeaderText() {}

  /**
   * The text with every control character but the tab as a blank, as RFC 9110, section 5.5, has it
   * for line breaks.
   */
  public static String value(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isControl(text.charAt(i))) {
        return replaced(text);
      }
    }
    return text;
  }

  /** Whether the text is a header's name: a token (RFC 9110, section 5.6.2). */
  public static boolean isName(String text) {
    return Headers.isName(text);
  }

  /**
   * Appends a header that a mapping or an override gives.
   *
   * @throws GatewayFault {@code API_CONFIGURATION_ERROR} for a name that is none
   */
  public static void add(Headers.Builder headers, String name, String text) {
    if (!isName(name)) {
      throw GatewayFault.misconfigured("not a header's name: " + value(name));
    }
    headers.add(name, value(text));
  }

  private static String replaced(String text) {
    StringBuilder replaced = new StringBuilder(text);
    for (int i = 0; i < replaced.length(); i++) {
      if (isControl(replaced.charAt(i))) {
        replaced.setCharAt(i, ' ');
      }
    }
    return replaced.toString();
  }

  private static boolean isControl(char c) {
    return (c < ' ' && c != '\t') || c == 0x7f;
  }
}
