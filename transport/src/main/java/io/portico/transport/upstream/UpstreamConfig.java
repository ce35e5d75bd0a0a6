package io.portico.transport.upstream;

import io.portico.transport.wire.WireLimits;
import java.time.Duration;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * How backends are reached.
 *
 * @param limits of a response's head
 * @param connectTimeout for one address; a request's own timeout bounds it too
 * @param tlsTimeout for the handshake
 * @param idleTimeout how long an unused connection is kept; a backend's {@code Keep-Alive: timeout}
 *     shortens it
 * @param connectionsPerOrigin most connections of one event loop to one origin
 * @param waitingPerOrigin most requests of one event loop that wait for a connection to one origin
 * @param trust whose certificates are trusted, or null for those the JDK trusts
 * @param http2 how HTTP/2 is spoken with backends that offer it, or null where it never is
 */
public record UpstreamConfig(
    WireLimits limits,
    Duration connectTimeout,
    Duration tlsTimeout,
    Duration idleTimeout,
    int connectionsPerOrigin,
    int waitingPerOrigin,
    @Nullable TrustManagerFactory trust,
    @Nullable UpstreamHttp2 http2) {

  public UpstreamConfig {
    if (connectionsPerOrigin < 1 || waitingPerOrigin < 0) {
      throw new IllegalArgumentException(
          "no connection could be made: " + connectionsPerOrigin + ", " + waitingPerOrigin);
    }
  }

  /** The usual limits and times, the JDK's trust, HTTP/1.1. */
  public static UpstreamConfig standard() {
    return new UpstreamConfig(
        WireLimits.standard(),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        1024,
        4096,
        null,
        null);
  }

  /** The same, with HTTP/2. */
  public UpstreamConfig with(UpstreamHttp2 chosen) {
    return new UpstreamConfig(
        limits,
        connectTimeout,
        tlsTimeout,
        idleTimeout,
        connectionsPerOrigin,
        waitingPerOrigin,
        trust,
        chosen);
  }
}
