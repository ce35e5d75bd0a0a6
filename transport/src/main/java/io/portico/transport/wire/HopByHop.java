package io.portico.transport.wire;

/**
 * Fields that belong to one connection and are not handed on, whatever {@code Connection} says (RFC
 * 9110, 7.6.1): framing and connection fields.
 */
final class HopByHop {
  private HopByHop() {}

  /** Whether the transport writes this field itself or nobody does. */
  static boolean isName(String name) {
    return switch (name.length()) {
      case 2 -> name.equalsIgnoreCase("TE");
      case 6 -> name.equalsIgnoreCase("Expect");
      case 7 -> name.equalsIgnoreCase("Trailer") || name.equalsIgnoreCase("Upgrade");
      case 10 -> name.equalsIgnoreCase("Connection") || name.equalsIgnoreCase("Keep-Alive");
      case 14 -> name.equalsIgnoreCase("Content-Length");
      case 16 -> name.equalsIgnoreCase("Proxy-Connection");
      case 17 -> name.equalsIgnoreCase("Transfer-Encoding");
      default -> false;
    };
  }
}
