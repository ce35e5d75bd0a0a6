package io.portico.gateway.http;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** The connection a request came in on; its texts are made once, for all its requests. */
public final class ClientConnection {
  private final @Nullable TlsSession tls;
  private final String remoteIp;
  private final String localPort;

  /**
   * A connection that is established.
   *
   * @param remote the peer's address
   * @param local the listener's address
   * @param tls the negotiated TLS session, or null on a plain connection
   */
  public ClientConnection(
      InetSocketAddress remote, InetSocketAddress local, @Nullable TlsSession tls) {
    this.tls = tls;
    this.remoteIp = IpAddressText.of(remote.getAddress());
    this.localPort = Integer.toString(local.getPort());
  }

  /**
   * A negotiated TLS session.
   *
   * @param version such as {@code TLSv1.3}
   * @param cipherSuite such as {@code TLS_AES_128_GCM_SHA256}
   * @param serverName the name the client asked for, or null
   */
  public record TlsSession(String version, String cipherSuite, @Nullable String serverName) {}

  /** Null on a plain connection. */
  public @Nullable TlsSession tls() {
    return tls;
  }

  /** {@code http} or {@code https}. */
  public String scheme() {
    return tls == null ? "http" : "https";
  }

  /** The peer's address, without a port. */
  public String remoteIp() {
    return remoteIp;
  }

  /** The listener's port. */
  public String localPort() {
    return localPort;
  }
}
