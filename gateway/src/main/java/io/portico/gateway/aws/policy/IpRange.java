package io.portico.gateway.aws.policy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that begin alike.
 *
 * @param bits how many of them
 */
record IpRange(InetAddress address, int bits) {
  /** Four numbers, none of which may be read as an octal one. */
  private static final Pattern V4 = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");

  private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  /** The range of a text such as {@code 203.0.113.0/24}, or of one address; null for others. */
  static @Nullable IpRange of(String text) {
    int slash = text.indexOf('/');
    InetAddress address = address(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      return null;
    }
    int most = address.getAddress().length * Byte.SIZE;
    if (slash < 0) {
      return new IpRange(address, most);
    }
    String bits = text.substring(slash + 1);
    return bits.matches("\\d{1,3}") && Integer.parseInt(bits) <= most
        ? new IpRange(address, Integer.parseInt(bits))
        : null;
  }

  /**
   * AWS: addresses are written in full; source: documented, IAM User Guide, "IP address condition
   * operators". What Java takes beyond that is another address than it seems: {@code 192.0.2} is
   * {@code 192.0.0.2}, {@code ::ffff:192.0.2.0} one of IPv4.
   */
  private static @Nullable InetAddress address(String literal) {
    boolean v6 = V6.matcher(literal).matches();
    if (!v6 && !V4.matcher(literal).matches()) {
      return null;
    }
    try {
      InetAddress address = InetAddress.ofLiteral(literal);
      return v6 == address instanceof Inet6Address ? address : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Whether an address, as text, is one of them. */
  boolean contains(String text) {
    InetAddress other = address(text);
    if (other == null) {
      return false;
    }
    byte[] mine = address.getAddress();
    byte[] given = other.getAddress();
    if (mine.length != given.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % Byte.SIZE);
      if (((mine[bit / Byte.SIZE] ^ given[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
