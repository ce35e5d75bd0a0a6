package io.portico.gateway.http;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The connection a request came in on.
 *
 * @param remote the peer's address
 * @param local the listener's address
 * @param tls the negotiated TLS session, or null on a plain connection
 */
public record ClientConnection(
    InetSocketAddress remote, InetSocketAddress local, @Nullable TlsSession tls) {

  /**
   * A negotiated TLS session.
   *
   * @param version such as {@code TLSv1.3}
   * @param cipherSuite such as {@code TLS_AES_128_GCM_SHA256}
   * @param serverName the name the client asked for, or null
   */
  public record TlsSession(String version, String cipherSuite, @Nullable String serverName) {}

  /** {@code http} or {@code https}. */
  public String scheme() {
    return tls == null ? "http" : "https";
  }

  /** The peer's address as text, without a port. */
  public String remoteIp() {
    return remote.getAddress().getHostAddress();
  }
}
