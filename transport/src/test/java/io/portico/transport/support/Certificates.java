package io.portico.transport.support;

import io.portico.transport.tls.DevelopmentCertificate;
import io.portico.transport.tls.ServerIdentity;
import io.portico.transport.tls.ServerTls;
import io.portico.transport.tls.TlsLibrary;
import io.portico.transport.tls.UnusableIdentityException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A certificate for this machine, and clients that trust it. */
public final class Certificates {
  private static final List<String> NAMES =
      List.of("localhost", "127.0.0.1", "::1", "*.execute-api.us-east-1.localhost");

  /** What {@link #connect} asks for. */
  public static final String NAME = "a1b2c3.execute-api.us-east-1.localhost";

  private static @Nullable ServerIdentity made;

  private Certificates() {}

  private static synchronized ServerIdentity identity() {
    ServerIdentity identity = made;
    if (identity == null) {
      identity = DevelopmentCertificate.of(NAMES, Instant.now());
      made = identity;
    }
    return identity;
  }

  /** For listeners. */
  public static ServerTls tls(TlsLibrary library) {
    try {
      return ServerTls.of(identity(), host -> null, library);
    } catch (UnusableIdentityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** For clients. */
  public static SSLContext client() {
    return client(identity());
  }

  /** For clients that trust nobody but {@code identity}. */
  public static SSLContext client(ServerIdentity identity) {
    return client(identity.certificate());
  }

  /** For clients that trust {@code authority}, and whom it vouches for. */
  public static SSLContext client(X509Certificate authority) {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setCertificateEntry("portico", authority);
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A connection that speaks TLS, its name checked. */
  public static SSLSocket connect(SSLContext client, InetSocketAddress address, String... versions)
      throws IOException {
    return connect(client, address, "http/1.1", versions);
  }

  /** A connection on which HTTP/2 is agreed upon. */
  public static SSLSocket connectHttp2(SSLContext client, InetSocketAddress address)
      throws IOException {
    return connect(client, address, "h2", new String[0]);
  }

  private static SSLSocket connect(
      SSLContext client, InetSocketAddress address, String protocol, String[] versions)
      throws IOException {
    Socket plain = new Socket();
    plain.connect(address, 20_000);
    plain.setSoTimeout(20_000);
    return overTls(client, plain, protocol, versions);
  }

  /** A connection that speaks TLS over one that is there. */
  public static SSLSocket overTls(SSLContext client, Socket plain) throws IOException {
    return overTls(client, plain, "http/1.1", new String[0]);
  }

  private static SSLSocket overTls(
      SSLContext client, Socket plain, String protocol, String[] versions) throws IOException {
    SSLSocket socket =
        (SSLSocket) client.getSocketFactory().createSocket(plain, NAME, plain.getPort(), true);
    var parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setApplicationProtocols(new String[] {protocol});
    if (versions.length > 0) {
      parameters.setProtocols(versions);
    }
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }
}
