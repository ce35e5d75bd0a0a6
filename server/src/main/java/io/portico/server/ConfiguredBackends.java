package io.portico.server;

import io.portico.server.config.BackendsConfig;
import io.portico.server.config.ConfigException;
import io.portico.server.config.GatewayConfig;
import io.portico.transport.loop.EventLoops;
import io.portico.transport.tls.TrustedAuthorities;
import io.portico.transport.tls.UnusableIdentityException;
import io.portico.transport.upstream.NettyUpstream;
import io.portico.transport.upstream.UpstreamConfig;
import io.portico.transport.upstream.UpstreamHttp2;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How backends are reached, and whom of them is trusted, as it is configured. */
final class ConfiguredBackends {
  private static final Logger LOG = LoggerFactory.getLogger(ConfiguredBackends.class);

  private ConfiguredBackends() {}

  /**
   * Starts what calls backends.
   *
   * @param parts closes it, and what looks after the file of authorities
   * @throws ConfigException if that file cannot be used
   */
  static NettyUpstream start(GatewayConfig config, EventLoops loops, Parts parts) {
    Path file = config.backends().caFile();
    if (file == null) {
      return parts.add(new NettyUpstream(loops, upstream(config, null)));
    }
    TrustedAuthorities authorities = authorities(file);
    NettyUpstream upstream =
        parts.add(new NettyUpstream(loops, upstream(config, authorities.trust())));
    FileWatch watch = parts.add(new Watched(file, authorities, upstream).watch());
    watch.start("authorities-watch", config.tlsReloadInterval());
    return upstream;
  }

  private static TrustedAuthorities authorities(Path file) {
    try {
      return TrustedAuthorities.of(file);
    } catch (UnusableIdentityException e) {
      throw new ConfigException("backends.ca-file: " + e.getMessage(), e);
    }
  }

  static UpstreamConfig upstream(GatewayConfig config, @Nullable TrustManagerFactory trust) {
    UpstreamConfig usual = UpstreamConfig.standard();
    BackendsConfig backends = config.backends();
    UpstreamConfig http1 =
        new UpstreamConfig(
            usual.limits(),
            backends.connectTimeout(),
            usual.tlsTimeout(),
            usual.idleTimeout(),
            backends.maxConnections(),
            backends.maxWaiting(),
            trust,
            null);
    return config.http2().toBackends() ? http1.with(UpstreamHttp2.standard()) : http1;
  }

  /** A file of authorities. One that cannot be used changes nothing until it changes again. */
  private static final class Watched {
    private final Path file;
    private final NettyUpstream upstream;
    private TrustedAuthorities trusted;

    Watched(Path file, TrustedAuthorities trusted, NettyUpstream upstream) {
      this.file = file;
      this.trusted = trusted;
      this.upstream = upstream;
    }

    FileWatch watch() {
      return new FileWatch(List.of(file), this::changed);
    }

    private void changed() {
      try {
        TrustedAuthorities found = TrustedAuthorities.of(file);
        if (!found.isSameAs(trusted)) {
          upstream.trust(found.trust());
          trusted = found;
          LOG.info("Backends are trusted by what {} now holds", file);
        }
      } catch (UnusableIdentityException e) {
        LOG.warn("Backends are trusted as before: backends.ca-file: {}", e.getMessage());
      }
    }
  }
}
