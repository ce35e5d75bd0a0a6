package io.portico.conformance.wire;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/** An HTTPS server with a certificate that nobody else has signed. */
public final class TlsBackend implements AutoCloseable {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private TlsBackend(HttpsServer server) {
    this.server = server;
  }

  /** What is said to a client. */
  private interface Answering {
    String of(HttpsExchange exchange) throws IOException;
  }

  /**
   * Starts one that takes any client, and greets it.
   *
   * @param own what it shows
   */
  public static TlsBackend showing(SelfSigned own) throws IOException, GeneralSecurityException {
    return greeting(own.store(PASSWORD));
  }

  /**
   * The same, whose certificate an authority has signed, which it does not show.
   *
   * @see #showing(SelfSigned)
   */
  public static TlsBackend showing(SignedByAuthority own)
      throws IOException, GeneralSecurityException {
    return greeting(own.store(PASSWORD));
  }

  private static TlsBackend greeting(KeyStore own) throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys(own), null, null);
    return started(new HttpsConfigurator(context), _ -> "hello");
  }

  /**
   * Starts one that lets in whom it knows, and answers by the name in their certificate.
   *
   * @param client of the only client that it takes
   * @param folder where its own certificate is made
   */
  public static TlsBackend thatTrustsOnly(X509Certificate client, Path folder)
      throws IOException, GeneralSecurityException {
    KeyStore clients = KeyStore.getInstance("PKCS12");
    clients.load(null, null);
    clients.setCertificateEntry("client", client);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(clients);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        keys(SelfSigned.make(folder, "localhost").store(PASSWORD)), trust.getTrustManagers(), null);
    return started(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters needed = context.getDefaultSSLParameters();
            needed.setNeedClientAuth(true);
            parameters.setSSLParameters(needed);
          }
        },
        TlsBackend::name);
  }

  private static KeyManager[] keys(KeyStore own) throws GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(own, PASSWORD);
    return keys.getKeyManagers();
  }

  private static TlsBackend started(HttpsConfigurator tls, Answering answering) throws IOException {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(tls);
    TlsBackend backend = new TlsBackend(server);
    server.createContext("/", exchange -> answer((HttpsExchange) exchange, answering));
    server.setExecutor(backend.threads);
    server.start();
    return backend;
  }

  private static String name(HttpsExchange exchange) throws IOException {
    X509Certificate client = (X509Certificate) exchange.getSSLSession().getPeerCertificates()[0];
    return client.getSubjectX500Principal().getName();
  }

  private static void answer(HttpsExchange exchange, Answering answering) throws IOException {
    byte[] answer = answering.of(exchange).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, answer.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(answer);
    }
  }

  public String uri() {
    return "https://localhost:" + server.getAddress().getPort() + "/";
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
