package io.portico.transport.listener;

import static io.portico.transport.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.transport.support.Answers;
import io.portico.transport.support.Certificates;
import io.portico.transport.support.Hello;
import io.portico.transport.support.RawClient;
import io.portico.transport.support.Transport;
import io.portico.transport.tls.ServerTls;
import io.portico.transport.tls.TlsLibrary;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Clients that make handshakes and nothing else of TLS, by each library. One event loop serves them
 * and an honest client, which is answered meanwhile, on the connection it has and on new ones.
 */
@ParameterizedClass
@EnumSource(TlsLibrary.class)
final class TlsFloodsTest {
  private final Transport transport = new Transport(Transport.Mode.BEST, 1, config -> config);
  private final SSLContext client = Certificates.client();
  private final ServerTls tls;
  private HttpListener listener;
  private RawClient honest;

  TlsFloodsTest(TlsLibrary library) {
    tls = Certificates.tls(library);
  }

  @BeforeEach
  void listen() throws IOException {
    listener = transport.listen(Transport.patient(), _ -> Answers.text("ok"), tls);
    honest = new RawClient(Certificates.connect(client, address()));
    honestIsAnswered();
  }

  @AfterEach
  void close() throws IOException {
    honest.close();
    transport.close();
    tls.close();
  }

  private InetSocketAddress address() {
    return listener.address();
  }

  private void honestIsAnswered() throws IOException {
    assertThat(honest.get("/").body()).isEqualTo("ok");
  }

  private void aNewOneIsAnswered() throws IOException {
    try (RawClient fresh = new RawClient(Certificates.connect(Certificates.client(), address()))) {
      assertThat(fresh.get("/").body()).isEqualTo("ok");
    }
  }

  @Test
  void handshakesThatNeverEndHarmNobody() throws IOException {
    byte[] hello = Hello.usual(client);
    List<RawClient> attackers = new ArrayList<>();
    try {
      for (int i = 0; i < 60; i++) {
        RawClient attacker = new RawClient(address());
        attackers.add(attacker);
        attacker.send(new byte[][] {{}, {22, 3, 1, 2, 0, 1}, hello}[i % 3]);
      }
      eventually("all are there", () -> listener.connections() == 61);
      honestIsAnswered();
      aNewOneIsAnswered();
    } finally {
      for (RawClient attacker : attackers) {
        attacker.close();
      }
    }
    eventually("only the honest one is left", () -> listener.connections() == 1);
  }

  @Test
  void aFloodOfHandshakesHarmsNobody() throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    AtomicInteger handshakes = new AtomicInteger();
    List<Thread> attackers = new ArrayList<>();
    try {
      for (int i = 0; i < 4; i++) {
        attackers.add(
            Thread.ofPlatform()
                .start(
                    () -> {
                      while (!enough.get()) {
                        try (SSLSocket _ = Certificates.connect(Certificates.client(), address())) {
                          handshakes.incrementAndGet();
                        } catch (IOException e) {
                          throw new AssertionError(e);
                        }
                      }
                    }));
      }
      while (handshakes.get() < 100) {
        honestIsAnswered();
        aNewOneIsAnswered();
      }
    } finally {
      enough.set(true);
      for (Thread attacker : attackers) {
        attacker.join();
      }
    }
    eventually("only the honest one is left", () -> listener.connections() == 1);
  }

  @Test
  void renegotiationIsRefused() throws IOException {
    try (SSLSocket socket = Certificates.connect(client, address(), "TLSv1.2")) {
      RawClient attacker = new RawClient(socket);
      assertThat(attacker.get("/").body()).isEqualTo("ok");

      assertThatThrownBy(
              () -> {
                socket.startHandshake();
                attacker.get("/");
              })
          .isInstanceOf(IOException.class);

      honestIsAnswered();
    }
    eventually("only the honest one is left", () -> listener.connections() == 1);
  }

  @Test
  void newKeysOverAndOverHarmNobody() throws IOException {
    try (SSLSocket socket = Certificates.connect(client, address(), "TLSv1.3")) {
      try {
        for (int i = 0; i < 300; i++) {
          socket.startHandshake();
          if (i % 50 == 0) {
            honestIsAnswered();
          }
        }
      } catch (IOException e) {
        // BoringSSL has had enough after 32 without content between them.
        assertThat(tls.library()).isEqualTo(TlsLibrary.BORINGSSL);
      }
      aNewOneIsAnswered();
    }
    eventually("only the honest one is left", () -> listener.connections() == 1);
  }

  @Test
  void nonsenseInsteadOfAHandshakeEndsTheConnection() throws IOException {
    byte[] hello = Hello.usual(client);
    byte[] twice = new byte[2 * hello.length];
    System.arraycopy(hello, 0, twice, 0, hello.length);
    System.arraycopy(hello, 0, twice, hello.length, hello.length);
    byte[] garbled = hello.clone();
    garbled[9] ^= 0x55;
    byte[] empty = {22, 3, 3, 0, 0};
    byte[] huge = {22, 3, 3, (byte) 0xff, (byte) 0xff};
    for (byte[] nonsense : List.of(twice, garbled, empty, huge)) {
      try (RawClient attacker = new RawClient(address())) {
        attacker.send(nonsense).endOutput();
        String rest = attacker.rest();
        honestIsAnswered();
        assertThat(rest).doesNotContain("200 OK");
      }
    }
    eventually("only the honest one is left", () -> listener.connections() == 1);
  }
}
