package io.portico.transport.support;

import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.portico.transport.tls.Alpn;
import io.portico.transport.tls.DevelopmentCertificate;
import io.portico.transport.tls.UnusableIdentityException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * A certificate of backends on this machine, and who trusts it.
 *
 * @param netty for backends on Netty that offer HTTP/2 and HTTP/1.1
 * @param trust for clients of them
 */
public record BackendTls(SslContext netty, TrustManagerFactory trust) {
  private static @Nullable BackendTls made;

  /** The one of all tests. */
  public static synchronized BackendTls get() {
    BackendTls known = made;
    if (known == null) {
      known = make();
      made = known;
    }
    return known;
  }

  private static BackendTls make() {
    try {
      Path folder = Files.createTempDirectory("portico-backend");
      try {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry(
            "backend",
            DevelopmentCertificate.in(folder, List.of("localhost"), Instant.now()).certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        SslContext server =
            SslContextBuilder.forServer(
                    folder.resolve("development-certificate.pem").toFile(),
                    folder.resolve("development-key.pem").toFile())
                .sslProvider(SslProvider.JDK)
                .applicationProtocolConfig(Alpn.HTTP)
                .build();
        return new BackendTls(server, trust);
      } finally {
        remove(folder);
      }
    } catch (GeneralSecurityException | IOException | UnusableIdentityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  /** For backends on sockets. */
  public SSLContext jdk() {
    return ((JdkSslContext) netty).context();
  }
}
