package io.portico.transport.wire;

/**
 * Fields that belong to one connection and are not handed on, whatever {@code Connection} says (RFC
 * 9110, 7.6.1): framing and connection fields.
 *
 * <p>{@code TE}, {@code Trailer} and {@code Upgrade} are none of them. Nobody hands on one that was
 * received: the gateway keeps a client's, and drops a backend's. But mappings may set them, and AWS
 * sends those (recorded, facts REQ-05, RSP-07). Not named by {@code Connection}, they mean nothing.
 */
final class HopByHop {
  private HopByHop() {}

  /** Whether the transport writes this field itself or nobody does. */
  static boolean isName(String name) {
    return switch (name.length()) {
      case 6 -> name.equalsIgnoreCase("Expect");
      case 10 -> name.equalsIgnoreCase("Connection") || name.equalsIgnoreCase("Keep-Alive");
      case 14 -> name.equalsIgnoreCase("Content-Length");
      case 16 -> name.equalsIgnoreCase("Proxy-Connection");
      case 17 -> name.equalsIgnoreCase("Transfer-Encoding");
      default -> false;
    };
  }
}
