package io.portico.server;

import io.portico.gateway.http.IpAddressText;
import io.portico.server.config.ConfigException;
import io.portico.server.config.GatewayConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Where the configuration says to listen, if that is allowed. */
final class ListenAddress {
  private ListenAddress() {}

  /**
   * The address to bind. Whoever reaches the control plane may change everything, and signatures
   * are not verified yet: so it has to be one that only this machine reaches.
   *
   * @throws ConfigException for an address that others reach
   * @throws AddressException for a name without an address
   */
  static InetSocketAddress of(GatewayConfig config) {
    InetAddress address;
    try {
      address = InetAddress.getAllByName(config.host())[0];
    } catch (UnknownHostException e) {
      throw new AddressException("cannot listen on " + config.host() + ": unknown host", e);
    }
    if (!address.isLoopbackAddress()) {
      throw new ConfigException(
          "host: \"%s\": allowed are loopback addresses such as 127.0.0.1, as no credentials are"
                  .formatted(config.host())
              + " configured that requests would have to be signed with",
          null);
    }
    return new InetSocketAddress(address, config.port());
  }

  /** The URL of a listener, with an IPv6 address in brackets. */
  static String url(String scheme, InetSocketAddress bound) {
    String host = IpAddressText.of(bound.getAddress());
    String literal = host.contains(":") ? "[" + host + "]" : host;
    return scheme + "://" + literal + ":" + bound.getPort();
  }
}
