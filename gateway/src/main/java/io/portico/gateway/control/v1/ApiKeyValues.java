package io.portico.gateway.control.v1;

import io.portico.gateway.control.protocol.ServiceException;
import java.security.SecureRandom;

/** The values of API keys: secrets, which no text of ours repeats. */
final class ApiKeyValues {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  // AWS: 40 letters and digits; source: documented, the values of its examples.
  private static final int LENGTH = 40;
  private static final int SHORTEST = 20;
  private static final int LONGEST = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private ApiKeyValues() {}

  static String random() {
    StringBuilder value = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      value.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return value.toString();
  }

  // AWS: source: KEY-03. Values that no header field can carry could not be shown: that they are
  // refused, and the text, is assumed.
  static void check(String value) {
    if (value.length() < SHORTEST) {
      throw ServiceException.badRequest(
          "API Key value should be at least " + SHORTEST + " characters");
    }
    if (value.length() > LONGEST) {
      throw ServiceException.badRequest(
          "API Key value exceeds maximum size of " + LONGEST + " characters");
    }
    if (!value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw ServiceException.badRequest("API Key value has characters that are not allowed");
    }
  }
}
