package io.portico.server;

import io.portico.server.config.ConfigException;
import io.portico.server.config.GatewayConfig;
import io.portico.transport.tls.DevelopmentCertificate;
import io.portico.transport.tls.HostIdentities;
import io.portico.transport.tls.ServerIdentity;
import io.portico.transport.tls.ServerTls;
import io.portico.transport.tls.TlsLibrary;
import io.portico.transport.tls.UnusableIdentityException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate that HTTPS shows: the configured one, read anew when its files change, or one for
 * development.
 */
final class HttpsCertificate implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpsCertificate.class);

  /** Below the data folder. */
  private static final String TLS_FOLDER = "tls";

  private final ServerTls tls;
  private final @Nullable CertificateWatch watch;

  private HttpsCertificate(ServerTls tls, @Nullable CertificateWatch watch) {
    this.tls = tls;
    this.watch = watch;
  }

  /**
   * The configured certificate with its key, or null where there is none.
   *
   * @throws ConfigException if it cannot be used
   */
  static @Nullable ServerIdentity configured(GatewayConfig config) {
    Path certificate = config.tlsCert();
    Path key = config.tlsKey();
    if (certificate == null && key == null) {
      return null;
    }
    if (certificate == null || key == null) {
      throw new ConfigException(
          certificate == null
              ? "tls-key is set, tls-cert is not: both are needed, or neither"
              : "tls-cert is set, tls-key is not: both are needed, or neither",
          null);
    }
    if (config.tlsPort() == null) {
      throw new ConfigException(
          "tls-cert and tls-key are of no use without tls-port, the port for HTTPS", null);
    }
    try {
      return ServerIdentity.of(certificate, key);
    } catch (UnusableIdentityException e) {
      throw new ConfigException("tls-cert, tls-key: " + e.getMessage(), e);
    }
  }

  /**
   * Prepares to show a certificate, and looks after it until closed.
   *
   * @param configured as {@link #configured} found it, or null for one for development
   * @param hosts what is shown to clients that ask for hosts
   * @throws ConfigException if it cannot be used or kept
   */
  static HttpsCertificate start(
      GatewayConfig config,
      @Nullable ServerIdentity configured,
      HostIdentities hosts,
      Clock clock) {
    ServerTls tls;
    try {
      ServerIdentity identity = configured == null ? development(config, clock) : configured;
      warnIfNotValid(identity, clock);
      tls = ServerTls.of(identity, hosts, TlsLibrary.best());
    } catch (UnusableIdentityException e) {
      throw new ConfigException("tls-port: " + e.getMessage(), e);
    }
    LOG.info("TLS: {}", TlsLibrary.choice());
    Path certificate = config.tlsCert();
    Path key = config.tlsKey();
    if (configured == null || certificate == null || key == null) {
      return new HttpsCertificate(tls, null);
    }
    CertificateWatch watch =
        new CertificateWatch(
            certificate,
            key,
            configured,
            identity -> {
              tls.show(identity);
              LOG.info(
                  "HTTPS shows the certificate that {} now holds, valid until {}",
                  certificate,
                  identity.certificate().getNotAfter().toInstant());
              warnIfNotValid(identity, clock);
            });
    watch.start(config.tlsReloadInterval());
    return new HttpsCertificate(tls, watch);
  }

  private static void warnIfNotValid(ServerIdentity identity, Clock clock) {
    X509Certificate certificate = identity.certificate();
    Instant begin = certificate.getNotBefore().toInstant();
    Instant end = certificate.getNotAfter().toInstant();
    if (end.isBefore(clock.instant())) {
      LOG.warn("The certificate of HTTPS is no longer valid since {}: clients refuse it", end);
    } else if (begin.isAfter(clock.instant())) {
      LOG.warn("The certificate of HTTPS is not valid before {}: clients refuse it", begin);
    }
  }

  private static ServerIdentity development(GatewayConfig config, Clock clock)
      throws UnusableIdentityException {
    List<String> names =
        List.of(
            "localhost",
            "127.0.0.1",
            "::1",
            "*.execute-api." + config.region() + ".localhost",
            "*.lambda-url." + config.region() + ".localhost");
    return config.ephemeral()
        ? DevelopmentCertificate.of(names, clock.instant())
        : DevelopmentCertificate.in(config.data().resolve(TLS_FOLDER), names, clock.instant());
  }

  /** What listeners show it by. */
  ServerTls tls() {
    return tls;
  }

  @Override
  public void close() {
    if (watch != null) {
      watch.close();
    }
    tls.close();
  }
}
