package io.portico.transport.wire;

/** Which octets may stand where in a message's head (RFC 9110, 5.5 and 5.6.2). */
final class Octets {
  private static final byte TOKEN = 1;
  private static final byte TARGET = 2;
  private static final byte HOST = 4;
  private static final byte[] CLASSES = new byte[256];

  static {
    for (int c = '0'; c <= '9'; c++) {
      CLASSES[c] |= TOKEN | HOST;
    }
    for (int c = 'A'; c <= 'Z'; c++) {
      CLASSES[c] |= TOKEN | HOST;
      CLASSES[c + 32] |= TOKEN | HOST;
    }
    for (char c : "!#$%&'*+-.^_`|~".toCharArray()) {
      CLASSES[c] |= TOKEN;
    }
    for (char c : "-._~%!$&'()*+,;=:".toCharArray()) {
      CLASSES[c] |= HOST;
    }
    // Wider than RFC 3986: clients send |, {, } and the like unencoded, and no reader mistakes
    // them.
    for (int c = 0x21; c < 0x7f; c++) {
      if (c != '#') {
        CLASSES[c] |= TARGET;
      }
    }
  }

  private Octets() {}

  static boolean isToken(byte octet) {
    return (CLASSES[octet & 0xff] & TOKEN) != 0;
  }

  static boolean isTarget(byte octet) {
    return (CLASSES[octet & 0xff] & TARGET) != 0;
  }

  static boolean isTarget(char c) {
    return c < 256 && (CLASSES[c] & TARGET) != 0;
  }

  static boolean isToken(char c) {
    return c < 256 && (CLASSES[c] & TOKEN) != 0;
  }

  /** Whether all of a text is a token. */
  static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isToken(text.charAt(i))) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** Whether all of a text may stand in a request's target. */
  static boolean isTarget(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isTarget(text.charAt(i))) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** Whether a character may stand in a host's name, or between the brackets of an address. */
  static boolean isHost(char c) {
    return c < 256 && (CLASSES[c] & HOST) != 0;
  }

  /** Whether an octet may stand nowhere inside a line: a control other than HTAB, or DEL. */
  static boolean isControl(byte octet) {
    return (octet >= 0 && octet < 0x20 && octet != '\t') || octet == 0x7f;
  }

  static boolean isSpace(byte octet) {
    return octet == ' ' || octet == '\t';
  }
}
