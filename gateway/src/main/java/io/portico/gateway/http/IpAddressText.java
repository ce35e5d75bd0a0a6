package io.portico.gateway.http;

import java.net.InetAddress;

/**
 * IP addresses as text; those of IPv6 as RFC 5952 writes them, and without the zone, which means
 * something to this machine only.
 *
 * <p>AWS: that a caller's address has this form is inferred.
 */
public final class IpAddressText {
  private static final int GROUPS = 8;

  private IpAddressText() {}

  /** {@code 192.0.2.1}, {@code 2001:db8::1}. */
  public static String of(InetAddress address) {
    byte[] octets = address.getAddress();
    return octets.length == 2 * GROUPS ? ofGroups(octets) : address.getHostAddress();
  }

  /** The longest run of zeros is left out, the first of several; one alone is not. */
  private static String ofGroups(byte[] octets) {
    int from = GROUPS;
    int length = 1;
    for (int i = 0; i < GROUPS; i++) {
      int run = zeros(octets, i);
      if (run > length) {
        from = i;
        length = run;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < GROUPS; i++) {
      if (i == from) {
        text.append("::");
        i += length - 1;
      } else {
        if (i > 0 && i != from + length) {
          text.append(':');
        }
        text.append(Integer.toHexString(group(octets, i)));
      }
    }
    return text.toString();
  }

  private static int zeros(byte[] octets, int from) {
    int end = from;
    while (end < GROUPS && group(octets, end) == 0) {
      end++;
    }
    return end - from;
  }

  private static int group(byte[] octets, int index) {
    return ((octets[2 * index] & 0xff) << 8) | (octets[2 * index + 1] & 0xff);
  }
}
