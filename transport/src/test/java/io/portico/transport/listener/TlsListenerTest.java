package io.portico.transport.listener;

import static io.portico.transport.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.http.ClientConnection.TlsSession;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpRequest;
import io.portico.transport.support.Answers;
import io.portico.transport.support.Certificates;
import io.portico.transport.support.Hello;
import io.portico.transport.support.Keytool;
import io.portico.transport.support.RawClient;
import io.portico.transport.support.Transport;
import io.portico.transport.tls.DevelopmentCertificate;
import io.portico.transport.tls.ServerIdentity;
import io.portico.transport.tls.ServerTls;
import io.portico.transport.tls.TlsLibrary;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A listener that speaks TLS, by each library. */
@ParameterizedClass
@EnumSource(TlsLibrary.class)
final class TlsListenerTest {
  private static final Duration FAIR = Duration.ofSeconds(2);

  private static final String ECDHE_GCM_SHA256 = "c02b";
  private static final String ECDHE_CBC_SHA = "c009";
  private static final String RSA_CBC_SHA = "002f";
  private static final String RSA_GCM_SHA256 = "009c";

  /** RFC 8446, 6: alerts. */
  private static final int HANDSHAKE_FAILURE = 40;

  private static final int PROTOCOL_VERSION = 70;

  private final Transport transport = new Transport();
  private final SSLContext client = Certificates.client();
  private final ServerTls tls;

  TlsListenerTest(TlsLibrary library) {
    tls = Certificates.tls(library);
  }

  @BeforeAll
  static void isThere() {
    // The build's machine has it: otherwise half of these tests would say nothing.
    assertThat(TlsLibrary.best()).isEqualTo(TlsLibrary.BORINGSSL);
  }

  @AfterEach
  void close() {
    transport.close();
    tls.close();
  }

  private HttpListener listen(HttpHandler handler) throws IOException {
    return transport.listen(Transport.patient(), handler, tls);
  }

  private static String scheme(HttpRequest request) {
    TlsSession session = Objects.requireNonNull(request.connection().tls());
    return request.connection().scheme() + " " + session.version() + " " + session.serverName();
  }

  @Test
  void answersByTls13And12AndSaysWhatWasAgreedUpon() throws IOException {
    InetSocketAddress address = listen(request -> Answers.text(scheme(request))).address();

    for (String version : new String[] {"TLSv1.3", "TLSv1.2"}) {
      try (RawClient connection = new RawClient(Certificates.connect(client, address, version))) {
        assertThat(connection.get("/").body())
            .isEqualTo("https " + version + " " + Certificates.NAME);
        assertThat(connection.get("/again").status()).isEqualTo(200);
      }
    }
  }

  @Test
  void refusesOlderVersions() throws IOException {
    InetSocketAddress address = listen(_ -> Answers.text("ok")).address();

    for (int version : new int[] {Hello.TLS_1_0, Hello.TLS_1_1}) {
      try (RawClient old = new RawClient(address)) {
        old.send(Hello.offering(version, ECDHE_CBC_SHA, RSA_CBC_SHA));
        assertThat(old.rest()).endsWith(Hello.alert(PROTOCOL_VERSION));
      }
    }
  }

  @Test
  void refusesSuitesWithoutForwardSecrecyOrAuthenticatedEncryption() throws IOException {
    InetSocketAddress address = listen(_ -> Answers.text("ok")).address();

    try (RawClient weak = new RawClient(address)) {
      weak.send(Hello.offering(Hello.TLS_1_2, ECDHE_CBC_SHA, RSA_CBC_SHA, RSA_GCM_SHA256));
      assertThat(weak.rest()).endsWith(Hello.alert(HANDSHAKE_FAILURE));
    }
    try (RawClient strong = new RawClient(address)) {
      strong.send(Hello.offering(Hello.TLS_1_2, RSA_GCM_SHA256, ECDHE_GCM_SHA256));
      // A record of the handshake: ServerHello.
      assertThat(strong.text(1)).isEqualTo("\u0016");
    }
  }

  @Test
  void clientsResumeTheirSessions() throws IOException {
    InetSocketAddress address = listen(_ -> Answers.text("ok")).address();

    for (String version : new String[] {"TLSv1.3", "TLSv1.2"}) {
      SSLContext context = Certificates.client();
      long first = 0;
      for (int i = 0; i < 3; i++) {
        try (SSLSocket socket = Certificates.connect(context, address, version);
            RawClient connection = new RawClient(socket)) {
          assertThat(connection.get("/").status()).isEqualTo(200);
          long made = socket.getSession().getCreationTime();
          if (i == 0) {
            first = made;
          } else {
            assertThat(made).as("the session of " + version).isEqualTo(first);
          }
        }
      }
    }
  }

  @Test
  void clientsWithoutTicketsResumeTheirSessionsToo() throws IOException {
    InetSocketAddress address = listen(_ -> Answers.text("ok")).address();
    SSLContext context = Certificates.client();
    String tickets = "jdk.tls.client.enableSessionTicketExtension";
    String before = System.getProperty(tickets);
    System.setProperty(tickets, "false");
    try {
      Set<String> sessions = new HashSet<>();
      for (int i = 0; i < 3; i++) {
        try (SSLSocket socket = Certificates.connect(context, address, "TLSv1.2");
            RawClient connection = new RawClient(socket)) {
          assertThat(connection.get("/").status()).isEqualTo(200);
          sessions.add(HexFormat.of().formatHex(socket.getSession().getId()));
        }
      }
      assertThat(sessions).hasSize(1).noneMatch(String::isEmpty);
    } finally {
      if (before == null) {
        System.clearProperty(tickets);
      } else {
        System.setProperty(tickets, before);
      }
    }
  }

  @Test
  void showsTheChainOfACertificateOnRsa(@TempDir Path folder) throws Exception {
    Keytool keys =
        new Keytool(folder)
            .make("root", "-keyalg", "EC", "-ext", "bc:c")
            .make("authority", "-keyalg", "EC", "-ext", "bc:c", "-signer", "root")
            .make(
                Certificates.NAME,
                "-keyalg",
                "RSA",
                "-signer",
                "authority",
                "-ext",
                "san=dns:" + Certificates.NAME);
    ServerIdentity identity =
        ServerIdentity.of(keys.chainFile(Certificates.NAME), keys.keyFile(Certificates.NAME));
    try (ServerTls issued = ServerTls.of(identity, host -> null, tls.library())) {
      HttpListener listener =
          transport.listen(Transport.patient(), request -> Answers.text(scheme(request)), issued);
      SSLContext trustsTheRoot = Certificates.client(keys.certificate("root"));

      for (String version : new String[] {"TLSv1.3", "TLSv1.2"}) {
        try (RawClient connection =
            new RawClient(Certificates.connect(trustsTheRoot, listener.address(), version))) {
          assertThat(connection.get("/").body())
              .isEqualTo("https " + version + " " + Certificates.NAME);
        }
      }
    }
  }

  @Test
  void showsANewCertificateToNewConnections(@TempDir Path folder) throws Exception {
    InetSocketAddress address = listen(_ -> Answers.text("ok")).address();
    ServerIdentity renewed =
        DevelopmentCertificate.in(folder, List.of(Certificates.NAME), Instant.now());

    try (RawClient before = new RawClient(Certificates.connect(client, address))) {
      assertThat(before.get("/").status()).isEqualTo(200);

      tls.show(renewed);

      try (RawClient after =
          new RawClient(Certificates.connect(Certificates.client(renewed), address))) {
        assertThat(after.get("/").status()).isEqualTo(200);
      }
      assertThat(before.get("/again").status()).isEqualTo(200);
    }
    assertThatThrownBy(() -> Certificates.connect(Certificates.client(), address))
        .isInstanceOf(SSLException.class);
  }

  @Test
  void tellsWhoSpeaksPlainly() throws IOException {
    HttpListener listener = listen(_ -> Answers.text("ok"));

    try (RawClient plain = new RawClient(listener.address())) {
      plain.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
      RawClient.Answer answer = plain.answer();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body()).contains("HTTPS");
      assertThat(plain.rest()).isEmpty();
    }
    eventually("the connection is forgotten", () -> listener.connections() == 0);
  }

  @Test
  void closesAConnectionThatNeverShakesHands() throws IOException {
    ListenerConfig impatient = ListenerBoundsTest.times(FAIR, FAIR, FAIR);
    HttpListener listener = transport.listen(impatient, _ -> Answers.text("ok"), tls);
    byte[] hello = Hello.usual(client);

    try (RawClient silent = new RawClient(listener.address());
        RawClient slow = new RawClient(listener.address());
        RawClient halfway = new RawClient(listener.address())) {
      slow.send(new byte[] {22, 3, 1, 1});
      halfway.send(hello);
      assertThat(silent.rest()).isEmpty();
      assertThat(slow.rest()).isEmpty();
      assertThat(halfway.rest()).startsWith("\u0016");
    }
    eventually("all are forgotten", () -> listener.connections() == 0);
  }

  @Test
  void saysThatTheConnectionEndsBeforeItEnds() throws IOException {
    InetSocketAddress address = listen(_ -> Answers.text("ok")).address();

    try (RawClient connection = new RawClient(Certificates.connect(client, address))) {
      connection.send("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      assertThat(connection.answer().body()).isEqualTo("ok");
      // Without TLS's own word for the end this is an exception.
      assertThat(connection.rest()).isEmpty();
    }
  }

  @Test
  void carriesLargeBodiesBothWays() throws IOException {
    byte[] body = new byte[3_000_000];
    InetSocketAddress address =
        listen(
                request -> {
                  try {
                    return Answers.bytes(request.body().readAll(body.length));
                  } catch (IOException e) {
                    return Answers.text(500, "unreadable");
                  }
                })
            .address();

    try (RawClient connection = new RawClient(Certificates.connect(client, address))) {
      connection.send(
          "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length + "\r\n\r\n");
      connection.send(body);
      assertThat(connection.answer().body()).hasSize(body.length);
    }
  }

  @Test
  void drainsIdleConnectionsAndHandshakes() throws IOException {
    HttpListener listener = listen(_ -> Answers.text("ok"));
    try (RawClient connection = new RawClient(Certificates.connect(client, listener.address()));
        RawClient silent = new RawClient(listener.address())) {
      assertThat(connection.get("/").status()).isEqualTo(200);
      eventually("both are there", () -> listener.connections() == 2);

      assertThat(listener.drain(Duration.ofSeconds(20))).isTrue();

      assertThat(connection.rest()).isEmpty();
      assertThat(silent.rest()).isEmpty();
    }
  }
}
