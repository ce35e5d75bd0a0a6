package io.portico.transport.listener;

import static io.portico.transport.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.http.ClientConnection.TlsSession;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpRequest;
import io.portico.transport.support.Answers;
import io.portico.transport.support.Certificates;
import io.portico.transport.support.RawClient;
import io.portico.transport.support.Transport;
import io.portico.transport.tls.ServerTls;
import io.portico.transport.tls.TlsLibrary;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A listener that speaks TLS, by each library. */
@ParameterizedClass
@EnumSource(TlsLibrary.class)
final class TlsListenerTest {
  private static final Duration SHORT = Duration.ofMillis(200);

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

    assertThatThrownBy(() -> Certificates.connect(client, address, "TLSv1.1"))
        .isInstanceOf(SSLException.class);
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
    ListenerConfig impatient = ListenerBoundsTest.times(SHORT, SHORT, SHORT);
    HttpListener listener = transport.listen(impatient, _ -> Answers.text("ok"), tls);

    try (RawClient silent = new RawClient(listener.address());
        RawClient slow = new RawClient(listener.address())) {
      slow.send(new byte[] {22, 3, 1, 1});
      assertThat(silent.rest()).isEmpty();
      assertThat(slow.rest()).isEmpty();
    }
    eventually("both are forgotten", () -> listener.connections() == 0);
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
