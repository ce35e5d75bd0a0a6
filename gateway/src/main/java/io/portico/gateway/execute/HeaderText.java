package io.portico.gateway.execute;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.portico.gateway.http.Headers;
import io.portico.gateway.http.Utf8;
import io.portico.gateway.snapshot.ParameterSource;

/**
 * Makes what a mapping gives fit to stand in a header: no value ever splits one, and text leaves as
 * UTF-8.
 */
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

  /**
   * The value of a source, its octets as {@link Headers} have them: one a character. A header's own
   * value has them already.
   */
  public static String octets(ParameterSource source, String value) {
    return switch (source) {
      case ParameterSource.RequestHeader header -> value;
      case ParameterSource.ResponseHeader header -> value;
      default -> octets(value);
    };
  }

  /**
   * The octets of a text in UTF-8, one a character. Octets that are UTF-8 already stay: a template
   * has them from a header. AWS: does not describe what becomes of other characters than ASCII's;
   * source: assumed.
   */
  public static String octets(String text) {
    int all = 0;
    for (int i = 0; i < text.length(); i++) {
      all |= text.charAt(i);
    }
    if (all < 0x80 || (all < 0x100 && Utf8.isText(text.getBytes(ISO_8859_1)))) {
      return text;
    }
    return new String(text.getBytes(UTF_8), ISO_8859_1);
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
