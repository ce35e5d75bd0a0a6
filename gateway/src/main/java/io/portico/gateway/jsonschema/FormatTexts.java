package io.portico.gateway.jsonschema;

/**
 * What AWS's validator says of a string that is not of a {@code format}.
 *
 * @see ErrorTexts
 */
final class FormatTexts {
  private FormatTexts() {}

  /** What is said of a format that the validator does not know, besides what is wrong. */
  static String unknown(String name) {
    return "format attribute \"%s\" not supported".formatted(name);
  }

  /**
   * @param name one of {@link Formats}
   */
  static String of(String name, String value) {
    String shown = Excerpt.ofValue(value);
    return switch (name) {
      // AWS: fractions of a second are milliseconds; source: second-hand, as are all texts.
      case "date-time" ->
          "string \"%s\" is invalid against requested date format(s) [yyyy-MM-dd'T'HH:mm:ssZ, yyyy-MM-dd'T'HH:mm:ss.SSSZ]"
              .formatted(shown);
      case "email" -> "string \"%s\" is not a valid email address".formatted(shown);
      case "hostname" -> "string \"%s\" is not a valid hostname".formatted(shown);
      case "ipv4" -> "string \"%s\" is not a valid IPv4 address".formatted(shown);
      case "ipv6" -> "string \"%s\" is not a valid IPv6 address".formatted(shown);
      case "regex" -> "string \"%s\" is not a valid ECMA 262 regular expression".formatted(shown);
      case "uri" -> "string \"%s\" is not a valid URI".formatted(shown);
      case "base64" ->
          value.length() % 4 == 0
              ? "input is not a valid Base64 string: illegal characters"
              : "input has illegal length (must be a multiple of 4, found %d)"
                  .formatted(value.length());
      case "json-pointer" -> "input string \"%s\" is not a valid JSON Pointer".formatted(shown);
      case "mac" -> "input string \"%s\" is not a valid MAC address".formatted(shown);
      case "uuid" -> "input string \"%s\" is not a valid UUID".formatted(shown);
      default -> digest(value, Formats.DIGESTS.getOrDefault(name, 0));
    };
  }

  private static String digest(String value, int length) {
    return value.length() == length
        ? "input string has illegal characters"
        : "input string has bad length (%d, expected %d)".formatted(value.length(), length);
  }
}
