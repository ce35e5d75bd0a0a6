package io.portico.gateway.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A request to a backend.
 *
 * @param method sent as given
 * @param origin where to connect
 * @param target raw path and query, sent as given
 * @param headers sent in order and casing; {@code Host} is taken from the origin where missing;
 *     framing and hop-by-hop fields are the transport's own
 * @param body sent as it arrives
 * @param timeout how long the backend may let us wait in all: from now until the last byte of the
 *     answer's head, connecting included, and with what is left of it for the answer's body.
 *     Whenever whoever takes the body cannot keep up, nobody waits for the backend
 * @param headTimeout the same until the last byte of the answer's head alone
 * @param idleTimeout how long it may let us wait for more of the answer's body
 */
public record UpstreamRequest(
    String method,
    Origin origin,
    String target,
    Headers headers,
    Body body,
    Duration timeout,
    Duration headTimeout,
    Duration idleTimeout) {

  /** A request whose answer's body may come in its own time, as long as it comes in time. */
  public UpstreamRequest(
      String method, Origin origin, String target, Headers headers, Body body, Duration timeout) {
    this(method, origin, target, headers, body, timeout, timeout);
  }

  /** A request whose answer may begin whenever it likes, as long as it ends in time. */
  public UpstreamRequest(
      String method,
      Origin origin,
      String target,
      Headers headers,
      Body body,
      Duration timeout,
      Duration idleTimeout) {
    this(method, origin, target, headers, body, timeout, timeout, idleTimeout);
  }

  /** The same request for another backend, once so much of its time has gone. */
  public UpstreamRequest to(Origin other, Duration gone) {
    return new UpstreamRequest(
        method,
        other,
        target,
        headers,
        body,
        timeout.minus(gone),
        headTimeout.minus(gone),
        idleTimeout);
  }

  /**
   * Scheme, host and port of a backend; the key of its connection pool.
   *
   * @param tls whether to speak TLS
   * @param host a name or an address, IPv6 without brackets
   * @param port 1 to 65535
   * @param verifyTls whether the backend's certificate must lead to a trusted authority; its name
   *     and dates are checked either way
   * @param identity shown to a backend that asks who calls it, or null for none
   * @param serverName what TLS asks for (SNI) and the certificate is to name, or null for the host
   */
  public record Origin(
      boolean tls,
      String host,
      int port,
      boolean verifyTls,
      @Nullable ClientIdentity identity,
      @Nullable String serverName) {

    /** One whose certificate is its host's. */
    public Origin(
        boolean tls, String host, int port, boolean verifyTls, @Nullable ClientIdentity identity) {
      this(tls, host, port, verifyTls, identity, null);
    }

    /** One that is called by nobody in particular. */
    public Origin(boolean tls, String host, int port, boolean verifyTls) {
      this(tls, host, port, verifyTls, null);
    }

    /** The name that TLS asks for and finds in the certificate. */
    public String certifiedName() {
      return serverName == null ? host : serverName;
    }

    /**
     * The value of {@code Host} for this origin: the port only where it is not the scheme's own.
     */
    public String authority() {
      String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
      return port == (tls ? 443 : 80) ? name : name + ":" + port;
    }

    /** Scheme and authority, without a slash at the end. */
    public String url() {
      return (tls ? "https://" : "http://") + authority();
    }
  }
}
