package io.portico.gateway.execute;

import io.portico.gateway.http.FieldText;
import io.portico.gateway.http.Headers;
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
    return FieldText.hasControl(text) ? replaced(text) : text;
  }

  /**
   * The value of a source, its octets as {@link Headers} have them: one a character. A header's own
   * value has them already.
   */
  public static String octets(ParameterSource source, String value) {
    return switch (source) {
      case ParameterSource.RequestHeader header -> value;
      case ParameterSource.ResponseHeader header -> value;
      default -> FieldText.octets(value);
    };
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
      if (FieldText.isControl(replaced.charAt(i))) {
        replaced.setCharAt(i, ' ');
      }
    }
    return replaced.toString();
  }
}
