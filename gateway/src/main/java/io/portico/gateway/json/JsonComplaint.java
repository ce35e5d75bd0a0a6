package io.portico.gateway.json;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

/**
 * What is said of bytes that are no JSON: the parser's words, and where in the bytes.
 *
 * <p>AWS: its services say the same, as they use the same parser; source: reported by users, such
 * as https://github.com/srcecde/aws-tutorial-code/issues/4.
 */
public final class JsonComplaint {
  /** How much of the bytes is shown. */
  private static final int SHOWN = 500;

  private JsonComplaint() {}

  /**
   * @param json what was parsed
   * @param complaint of the parser
   */
  public static String of(byte[] json, JacksonException complaint) {
    TokenStreamLocation place = complaint.getLocation();
    if (place == null || place.getLineNr() < 0) {
      return complaint.getOriginalMessage();
    }
    int shown = Math.min(json.length, SHOWN);
    return "%s\n at [Source: (byte[])\"%s\"%s; line: %d, column: %d]"
        .formatted(
            complaint.getOriginalMessage(),
            new String(json, 0, shown, StandardCharsets.UTF_8),
            shown == json.length ? "" : "[truncated " + (json.length - shown) + " bytes]",
            place.getLineNr(),
            place.getColumnNr());
  }
}
