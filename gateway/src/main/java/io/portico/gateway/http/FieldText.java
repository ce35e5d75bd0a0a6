package io.portico.gateway.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Texts that are to be values of {@link Headers}, which have their octets, one a character. */
public final class FieldText {
  private FieldText() {}

  /**
   * The octets of a text in UTF-8. Octets that are UTF-8 already stay: they have been a field's.
   * AWS: does not describe what becomes of other characters than ASCII's; source: assumed.
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

  /** Whether it has a control character other than the tab, which no field may have. */
  public static boolean hasControl(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isControl(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** Whether it is a control character other than the tab. */
  public static boolean isControl(char c) {
    return (c < ' ' && c != '\t') || c == 0x7f;
  }
}
