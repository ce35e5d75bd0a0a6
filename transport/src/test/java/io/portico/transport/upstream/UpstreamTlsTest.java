package io.portico.transport.upstream;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.ClientIdentity;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.http.UpstreamException.Reason;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamRequest.Origin;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.gateway.x509.CertificateAuthority;
import io.portico.gateway.x509.CertificateContent;
import io.portico.gateway.x509.CertificateContent.Purpose;
import io.portico.gateway.x509.CertifiedKey;
import io.portico.gateway.x509.KeyKind;
import io.portico.transport.support.RawBackend;
import io.portico.transport.support.Transport;
import io.portico.transport.support.Transport.Mode;
import io.portico.transport.tls.TlsLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.StandardConstants;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** TLS towards backends: whose certificates are taken. */
final class UpstreamTlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String HELLO = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

  @TempDir static Path folder;
  private static KeyStore good;
  private static KeyStore expired;
  private static KeyStore internal;

  @BeforeAll
  static void makeCertificates() throws Exception {
    good = certificate("good", "localhost", "-validity", "30");
    expired = certificate("expired", "localhost", "-startdate", "-10d", "-validity", "2");
    internal = certificate("internal", "orders.internal", "-validity", "30");
  }

  /** A certificate for a host that signs itself, made by the JDK's own tool. */
  private static KeyStore certificate(String name, String host, String... validity)
      throws Exception {
    Path file = folder.resolve(name + ".p12");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "key",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + host,
                "-ext",
                "san=dns:" + host,
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                file.toString()));
    command.addAll(List.of(validity));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".out").toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve(name + ".out"))).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    return store;
  }

  private static RawBackend backend(KeyStore key) throws IOException, GeneralSecurityException {
    return backend(key, null);
  }

  /**
   * @param clients whose certificates it takes, or null where it asks for none
   */
  private static RawBackend backend(KeyStore key, @Nullable TrustManagerFactory clients)
      throws IOException, GeneralSecurityException {
    return backend(key, clients, new LinkedBlockingQueue<>());
  }

  /**
   * The same.
   *
   * @param asked the names that were asked for (SNI)
   */
  private static RawBackend backend(
      KeyStore key, @Nullable TrustManagerFactory clients, BlockingQueue<String> asked)
      throws IOException, GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(key, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), clients == null ? null : clients.getTrustManagers(), null);
    SSLServerSocket socket =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 16, InetAddress.getLoopbackAddress());
    socket.setNeedClientAuth(clients != null);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setSNIMatchers(List.of(new Asked(asked)));
    socket.setSSLParameters(parameters);
    return new RawBackend(
        socket,
        connection -> {
          while (!connection.head().isEmpty()) {
            connection.send(HELLO);
          }
        });
  }

  /** Takes every name, and keeps it. */
  private static final class Asked extends SNIMatcher {
    private final BlockingQueue<String> asked;

    Asked(BlockingQueue<String> asked) {
      super(StandardConstants.SNI_HOST_NAME);
      this.asked = asked;
    }

    @Override
    public boolean matches(SNIServerName name) {
      return asked.add(new String(name.getEncoded(), StandardCharsets.US_ASCII));
    }
  }

  private static TrustManagerFactory trusting(KeyStore certificates)
      throws GeneralSecurityException {
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(certificates);
    return trust;
  }

  private static Transport transport(TrustManagerFactory trust, TlsLibrary library) {
    return new Transport(
        Mode.BEST,
        1,
        c ->
            new UpstreamConfig(
                c.limits(),
                c.connectTimeout(),
                c.tlsTimeout(),
                c.idleTimeout(),
                c.connectionsPerOrigin(),
                c.waitingPerOrigin(),
                trust,
                null),
        library);
  }

  private static UpstreamResponse send(
      Transport transport, RawBackend backend, String host, boolean verify)
      throws UpstreamException {
    Origin origin = new Origin(true, host, backend.origin().port(), verify);
    return transport
        .upstream()
        .send(new UpstreamRequest("GET", origin, "/", Headers.empty(), Body.EMPTY, LONG));
  }

  private static Reason failure(
      Transport transport, RawBackend backend, String host, boolean verify) {
    return catchThrowableOfType(
            UpstreamException.class, () -> send(transport, backend, host, verify))
        .reason();
  }

  @ParameterizedTest
  @EnumSource(TlsLibrary.class)
  void speaksTlsWithATrustedBackendAndKeepsTheConnection(TlsLibrary library) throws Exception {
    try (RawBackend backend = backend(good);
        Transport transport = transport(trusting(good), library)) {
      for (int i = 0; i < 3; i++) {
        UpstreamResponse response = send(transport, backend, "localhost", true);
        assertThat(new String(response.body().readAll(99), StandardCharsets.US_ASCII))
            .isEqualTo("hello");
      }
      assertThat(backend.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(TlsLibrary.class)
  void newConnectionsAreMadeToWhomeverIsTrustedByThen(TlsLibrary library) throws Exception {
    try (RawBackend one = backend(good);
        RawBackend two = backend(good);
        Transport transport = transport(trusting(expired), library)) {
      assertThat(failure(transport, one, "localhost", true)).isEqualTo(Reason.TLS_FAILED);

      transport.upstream().trust(trusting(good));
      assertThat(send(transport, one, "localhost", true).status()).isEqualTo(200);

      transport.upstream().trust(trusting(expired));
      assertThat(failure(transport, two, "localhost", true)).isEqualTo(Reason.TLS_FAILED);
    }
  }

  @ParameterizedTest
  @EnumSource(TlsLibrary.class)
  void refusesWhomNobodyTrusts(TlsLibrary library) throws Exception {
    try (RawBackend backend = backend(good);
        Transport transport = transport(trusting(expired), library)) {
      assertThat(failure(transport, backend, "localhost", true)).isEqualTo(Reason.TLS_FAILED);
      assertThat(backend.heads()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(TlsLibrary.class)
  void refusesAnotherName(TlsLibrary library) throws Exception {
    try (RawBackend backend = backend(good);
        Transport transport = transport(trusting(good), library)) {
      assertThat(failure(transport, backend, "127.0.0.1", true)).isEqualTo(Reason.TLS_FAILED);
      assertThat(backend.heads()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(TlsLibrary.class)
  void asksForAnotherNameThanTheHostsWhereItIsTold(TlsLibrary library) throws Exception {
    BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    try (RawBackend backend = backend(internal, null, asked);
        Transport transport = transport(trusting(internal), library)) {
      int port = backend.origin().port();
      assertThat(
              statusOrZero(
                  transport, new Origin(true, "127.0.0.1", port, true, null, "orders.internal")))
          .isEqualTo(200);
      assertThat(asked).containsExactly("orders.internal");
      assertThat(backend.heads())
          .singleElement(as(STRING))
          .contains("Host: 127.0.0.1:" + port + "\r\n");

      for (boolean verify : new boolean[] {true, false}) {
        assertThat(
                statusOrZero(
                    transport, new Origin(true, "127.0.0.1", port, verify, null, "pets.internal")))
            .isZero();
        assertThat(statusOrZero(transport, new Origin(true, "127.0.0.1", port, verify))).isZero();
      }
      assertThat(backend.heads()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(TlsLibrary.class)
  void refusesAnExpiredCertificate(TlsLibrary library) throws Exception {
    try (RawBackend backend = backend(expired);
        Transport transport = transport(trusting(expired), library)) {
      assertThat(failure(transport, backend, "localhost", false)).isEqualTo(Reason.TLS_FAILED);
    }
  }

  @ParameterizedTest
  @EnumSource(TlsLibrary.class)
  void takesAnyAuthorityButNotAnyNameWhenToldNotToVerify(TlsLibrary library) throws Exception {
    try (RawBackend backend = backend(good);
        Transport transport = transport(trusting(expired), library)) {
      assertThat(send(transport, backend, "localhost", false).status()).isEqualTo(200);
      assertThat(failure(transport, backend, "127.0.0.1", false)).isEqualTo(Reason.TLS_FAILED);
    }
  }

  @ParameterizedTest
  @EnumSource(TlsLibrary.class)
  void showsABackendThatAsksWhoCallsIt(TlsLibrary library) throws Exception {
    ClientIdentity known = identity();
    KeyStore clients = KeyStore.getInstance("PKCS12");
    clients.load(null, null);
    clients.setCertificateEntry("client", known.certificate());
    try (RawBackend backend = backend(good, trusting(clients));
        Transport transport = transport(trusting(good), library)) {
      assertThat(statusOrZero(transport, backend, known, true)).isEqualTo(200);
      assertThat(statusOrZero(transport, backend, known, false)).isEqualTo(200);
      assertThat(statusOrZero(transport, backend, null, true)).isZero();
      assertThat(statusOrZero(transport, backend, identity(), true)).isZero();
      assertThat(backend.heads()).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource(TlsLibrary.class)
  void keepsNoMoreIdentitiesThanItNeeds(TlsLibrary library) throws Exception {
    ClientIdentity first = identity();
    try (RawBackend backend = backend(good);
        Transport transport = transport(trusting(good), library)) {
      for (int i = 0; i < 2; i++) {
        assertThat(statusOrZero(transport, backend, first, true)).isEqualTo(200);
        for (int other = 0; other < 130; other++) {
          statusOrZero(transport, backend, identity(), true);
        }
      }
    }
  }

  private static ClientIdentity identity() {
    CertifiedKey own =
        CertificateAuthority.selfSigned(
            new CertificateContent(
                "CN=client",
                List.of(),
                Purpose.CLIENT,
                Instant.now().minusSeconds(60),
                Instant.now().plusSeconds(3_600)),
            KeyKind.EC_P256);
    return new ClientIdentity(own.certificate(), own.privateKey());
  }

  /** In TLS 1.3 a client learns only with the answer that it was refused. */
  private static int statusOrZero(
      Transport transport, RawBackend backend, @Nullable ClientIdentity identity, boolean verify) {
    return statusOrZero(
        transport, new Origin(true, "localhost", backend.origin().port(), verify, identity));
  }

  private static int statusOrZero(Transport transport, Origin origin) {
    try {
      return transport
          .upstream()
          .send(new UpstreamRequest("GET", origin, "/", Headers.empty(), Body.EMPTY, LONG))
          .status();
    } catch (UpstreamException _) {
      return 0;
    }
  }

  @ParameterizedTest
  @EnumSource(TlsLibrary.class)
  void failsWithABackendThatSpeaksNoTls(TlsLibrary library) throws Exception {
    try (RawBackend backend =
            new RawBackend(connection -> connection.send("HTTP/1.1 400 Bad Request\r\n\r\n"));
        Transport transport = transport(trusting(good), library)) {
      assertThat(failure(transport, backend, "localhost", true)).isEqualTo(Reason.TLS_FAILED);
    }
  }
}
