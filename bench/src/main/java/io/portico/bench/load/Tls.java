package io.portico.bench.load;

import io.portico.bench.process.BenchFailure;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The one version and the one cipher suite that every client of a run offers, so that each gateway
 * encrypts in the same way. TLS 1.3 leaves the choice to the server; of one it cannot choose.
 */
final class Tls {
  static final String VERSION = "TLSv1.3";

  /** The one that RFC 8446 obliges every server to have, and that browsers ask for first. */
  static final String SUITE = "TLS_AES_128_GCM_SHA256";

  private Tls() {}

  /** The environment that makes a client of OpenSSL offer nothing else. */
  static Map<String, String> openSsl(Path folder) {
    String configuration =
        """
        openssl_conf = defaults
        [defaults]
        ssl_conf = ssl
        [ssl]
        system_default = pinned
        [pinned]
        MinProtocol = %s
        Ciphersuites = %s
        """
            .formatted(VERSION, SUITE);
    try {
      Path file = Files.writeString(folder.resolve("openssl.cnf"), configuration);
      return Map.of("OPENSSL_CONF", file.toString());
    } catch (IOException e) {
      throw new BenchFailure("cannot write OpenSSL's configuration: " + e.getMessage(), e);
    }
  }

  /** A socket of ours that offers nothing else. */
  static Socket socket() throws IOException {
    return pinned((SSLSocket) factory().createSocket());
  }

  /** The same on a connection that is there already, and stays when this one is forgotten. */
  static Socket over(Socket connection, String host) throws IOException {
    return pinned(
        (SSLSocket) factory().createSocket(connection, host, connection.getPort(), false));
  }

  private static Socket pinned(SSLSocket socket) {
    socket.setEnabledProtocols(new String[] {VERSION});
    socket.setEnabledCipherSuites(new String[] {SUITE});
    return socket;
  }

  private static SSLSocketFactory factory() throws IOException {
    try {
      SSLContext context = SSLContext.getInstance(VERSION);
      context.init(null, new TrustManager[] {new TrustingAll()}, new SecureRandom());
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IOException("this JDK has no " + VERSION, e);
    }
  }

  /** Whom we call are our own children on loopback, with a certificate that signs itself. */
  private static final class TrustingAll extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
