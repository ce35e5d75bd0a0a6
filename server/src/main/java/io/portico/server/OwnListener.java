package io.portico.server;

import io.portico.gateway.aws.EndpointUrl;
import io.portico.gateway.http.IpAddressText;
import io.portico.gateway.http.UpstreamRequest.Origin;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The address that the gateway itself listens on, to tell whether an endpoint is that one. Signed
 * calls of integrations that came back to it would open the control plane to whoever calls an API,
 * or go round for ever.
 *
 * @param address a loopback address
 * @param ports of HTTP and HTTPS; 0 where the system has yet to choose one, which no endpoint names
 */
record OwnListener(InetAddress address, Set<Integer> ports) {
  /** What {@code localhost} may stand for, whichever of them is listened on. */
  private static final Set<String> USUAL_LOOPBACK = Set.of("127.0.0.1", "::1");

  /** What listens at one address. */
  OwnListener(InetSocketAddress address) {
    this(address.getAddress(), Set.of(address.getPort()));
  }

  /**
   * What listens for HTTP, and for HTTPS at the same address.
   *
   * @param tlsPort null without HTTPS
   */
  static OwnListener of(InetSocketAddress address, @Nullable Integer tlsPort) {
    return tlsPort == null || tlsPort == address.getPort()
        ? new OwnListener(address)
        : new OwnListener(address.getAddress(), Set.of(address.getPort(), tlsPort));
  }

  /**
   * Whether a URL leads here. Names are looked up once, at the start: who may change what they
   * stand for later, has the machine in hand.
   */
  boolean isNamedBy(URI endpoint) {
    Origin origin = EndpointUrl.of(endpoint).origin();
    return origin.port() != 0 && ports.contains(origin.port()) && isThisMachine(origin.host());
  }

  private boolean isThisMachine(String host) {
    String name = host.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
    if (name.equals("localhost") || name.endsWith(".localhost")) {
      return true;
    }
    try {
      return Arrays.stream(InetAddress.getAllByName(name)).anyMatch(this::isListenedOn);
    } catch (UnknownHostException _) {
      // What has no address leads nowhere; a call of it answers so.
      return false;
    }
  }

  /** A connection to 0.0.0.0 or :: reaches the loopback address. */
  private boolean isListenedOn(InetAddress candidate) {
    return candidate.isAnyLocalAddress()
        || candidate.equals(address)
        || USUAL_LOOPBACK.contains(IpAddressText.of(candidate));
  }
}
