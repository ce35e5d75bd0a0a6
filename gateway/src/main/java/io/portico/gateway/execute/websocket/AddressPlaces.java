package io.portico.gateway.execute.websocket;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many connections each client's address has, where that is bounded. Of an IPv6 address the
 * first half counts, as whoever has one has all that begin so.
 */
final class AddressPlaces {
  private static final int HALF_OF_IPV6 = 8;

  private final int most;
  private final ConcurrentHashMap<String, Integer> taken = new ConcurrentHashMap<>();
  private final LongAdder refused = new LongAdder();

  /**
   * @param most of an address; {@link Integer#MAX_VALUE} for as many as come
   */
  AddressPlaces(int most) {
    this.most = most;
  }

  /** Takes a place; whether the address had one left. */
  boolean take(String address) {
    if (most == Integer.MAX_VALUE || taken.merge(client(address), 1, Integer::sum) <= most) {
      return true;
    }
    giveBack(address);
    refused.increment();
    return false;
  }

  /** Gives a place back that was taken. */
  void giveBack(String address) {
    if (most != Integer.MAX_VALUE) {
      taken.computeIfPresent(client(address), (_, count) -> count == 1 ? null : count - 1);
    }
  }

  private static String client(String address) {
    return address.indexOf(':') >= 0 && InetAddress.ofLiteral(address) instanceof Inet6Address whole
        ? HexFormat.of().formatHex(whole.getAddress(), 0, HALF_OF_IPV6)
        : address;
  }

  /** How many were asked for in vain. */
  long refused() {
    return refused.sum();
  }

  /** How many addresses have any. */
  int size() {
    return taken.size();
  }
}
