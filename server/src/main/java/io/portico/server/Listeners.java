package io.portico.server;

import io.portico.gateway.http.HttpHandler;
import io.portico.server.config.GatewayConfig;
import io.portico.transport.listener.HttpListener;
import io.portico.transport.listener.ListenerConfig;
import io.portico.transport.loop.EventLoops;
import io.portico.transport.tls.HostIdentities;
import io.portico.transport.tls.ServerIdentity;
import io.portico.transport.tls.ServerTls;
import io.portico.transport.wire.Http2Limits;
import io.portico.transport.wire.WireLimits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Where a gateway listens: plainly and, where a port is set for it, by HTTPS. */
final class Listeners implements AutoCloseable {
  /** How long a connection that ends is still read, so that its client sees the answer. */
  private static final Duration LINGER = Duration.ofSeconds(2);

  private final GatewayConfig config;
  private final HttpListener plain;
  private final @Nullable HttpListener encrypted;
  private final @Nullable HttpsCertificate certificate;

  private Listeners(
      GatewayConfig config,
      HttpListener plain,
      @Nullable HttpListener encrypted,
      @Nullable HttpsCertificate certificate) {
    this.config = config;
    this.plain = plain;
    this.encrypted = encrypted;
    this.certificate = certificate;
  }

  /**
   * Starts to listen. A port that the system chooses is not one that an endpoint of integrations
   * names: then another is chosen while that one is still held.
   *
   * @param identity the configured certificate, or null for one for development
   * @param hosts what HTTPS shows to clients that ask for hosts
   * @param isNamed whether an endpoint names an address
   * @throws io.portico.server.config.ConfigException if the certificate cannot be used or kept
   * @throws AddressException if an address cannot be listened on
   */
  static Listeners start(
      EventLoops loops,
      GatewayConfig config,
      InetSocketAddress address,
      @Nullable ServerIdentity identity,
      HostIdentities hosts,
      Clock clock,
      Predicate<InetSocketAddress> isNamed,
      HttpHandler handler) {
    Integer tlsPort = config.tlsPort();
    if (tlsPort == null) {
      return new Listeners(
          config, listen(loops, config, address, isNamed, handler, null), null, null);
    }
    HttpsCertificate certificate = HttpsCertificate.start(config, identity, hosts, clock);
    HttpListener plain = null;
    boolean started = false;
    try {
      plain = listen(loops, config, address, isNamed, handler, null);
      HttpListener encrypted =
          listen(
              loops,
              config,
              new InetSocketAddress(address.getAddress(), tlsPort),
              isNamed,
              handler,
              certificate.tls());
      started = true;
      return new Listeners(config, plain, encrypted, certificate);
    } finally {
      if (!started) {
        if (plain != null) {
          plain.close();
        }
        certificate.close();
      }
    }
  }

  private static HttpListener listen(
      EventLoops loops,
      GatewayConfig config,
      InetSocketAddress address,
      Predicate<InetSocketAddress> isNamed,
      HttpHandler handler,
      @Nullable ServerTls tls) {
    HttpListener listener = listen(loops, config, address, handler, tls);
    if (address.getPort() != 0 || !isNamed.test(listener.address())) {
      return listener;
    }
    try (listener) {
      return listen(loops, config, address, isNamed, handler, tls);
    }
  }

  private static HttpListener listen(
      EventLoops loops,
      GatewayConfig config,
      InetSocketAddress address,
      HttpHandler handler,
      @Nullable ServerTls tls) {
    GatewayConfig.Http http = config.http();
    try {
      return HttpListener.start(
          loops,
          new ListenerConfig(
              address,
              WireLimits.standard(),
              http.headerTimeout(),
              http.bodyTimeout(),
              http.keepAliveTimeout(),
              LINGER,
              http.maxConnections(),
              http.leastBodyRate(),
              new Http2Limits(
                  config.http2().maxConcurrentStreams(),
                  config.http2().maxResets(),
                  config.http2().maxIdleFrames())),
          handler,
          tls);
    } catch (IOException e) {
      String option = tls == null ? "--port" : "--tls-port";
      throw new AddressException(
          "cannot listen on %s: %s; %s chooses another port, %s 0 a free one"
              .formatted(
                  ListenAddress.url(tls == null ? "http" : "https", address),
                  e.getMessage(),
                  option,
                  option),
          e);
    }
  }

  /** {@code http://127.0.0.1:4566}. */
  String url() {
    return ListenAddress.url("http", plain.address());
  }

  /** {@code https://127.0.0.1:4567}, or null where there is no HTTPS. */
  @Nullable String tlsUrl() {
    return encrypted == null ? null : ListenAddress.url("https", encrypted.address());
  }

  /** Lets no new request in and waits for those under way, for as long as is configured. */
  @Override
  public void close() {
    HttpListener other = encrypted;
    if (other == null) {
      plain.drain(config.drainTimeout());
      return;
    }
    CompletableFuture<Boolean> drained =
        CompletableFuture.supplyAsync(
            () -> other.drain(config.drainTimeout()), task -> Thread.ofVirtual().start(task));
    plain.drain(config.drainTimeout());
    drained.join();
    if (certificate != null) {
      certificate.close();
    }
  }
}
