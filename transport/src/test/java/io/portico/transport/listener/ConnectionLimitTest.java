package io.portico.transport.listener;

import static io.portico.transport.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.portico.gateway.http.HttpHandler;
import io.portico.transport.support.Answers;
import io.portico.transport.support.Certificates;
import io.portico.transport.support.FrameClient;
import io.portico.transport.support.RawClient;
import io.portico.transport.support.Transport;
import io.portico.transport.tls.ServerTls;
import io.portico.transport.tls.TlsLibrary;
import io.portico.transport.wire.Http2Limits;
import io.portico.transport.wire.WireLimits;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that opens all the connections there may be, and one of another address. */
final class ConnectionLimitTest {
  private static final int MOST = 20;
  private static final Duration LONG = Duration.ofSeconds(60);

  private final Transport transport = new Transport(Transport.Mode.BEST, 1, config -> config);
  private final ServerTls tls = Certificates.tls(TlsLibrary.best());
  private final List<Socket> attackers = new ArrayList<>();
  private final CountDownLatch begun = new CountDownLatch(MOST);
  private final CountDownLatch enough = new CountDownLatch(1);
  private @Nullable HttpListener listening;

  private final HttpHandler handler =
      request -> {
        if (request.target().equals("/wait")) {
          begun.countDown();
          try {
            assertThat(enough.await(20, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            return Answers.text(599, "interrupted");
          }
        }
        return Answers.text("ok");
      };

  /** What an attacker does with a connection to keep it. */
  enum Hold {
    SILENCE {
      @Override
      void keep(Socket socket) {}
    },
    ONE_REQUEST {
      @Override
      void keep(Socket socket) throws IOException {
        assertThat(new RawClient(socket).get("/").body()).isEqualTo("ok");
      }
    },
    HTTP_2 {
      @Override
      void keep(Socket socket) throws IOException {
        FrameClient client = new FrameClient(socket);
        client.greet();
        assertThat(client.get(1, "/").send().answer(1).body()).isEqualTo("ok");
      }
    },
    HALF_A_HEAD {
      @Override
      void keep(Socket socket) throws IOException {
        new RawClient(socket).send("G".getBytes(StandardCharsets.US_ASCII));
      }
    },
    HALF_A_HANDSHAKE {
      @Override
      void keep(Socket socket) throws IOException {
        new RawClient(socket).send(new byte[] {22, 3, 1});
      }
    };

    abstract void keep(Socket socket) throws IOException;
  }

  @BeforeEach
  void thereAreTwoAddresses() throws IOException {
    try (Socket socket = new Socket()) {
      socket.bind(new InetSocketAddress("127.0.0.2", 0));
    } catch (BindException e) {
      assumeTrue(false, "only Linux answers on all of 127.0.0.0/8: " + e);
    }
  }

  @AfterEach
  void close() throws IOException {
    enough.countDown();
    for (Socket attacker : attackers) {
      attacker.close();
    }
    transport.close();
    tls.close();
  }

  private void listen(boolean encrypted) throws IOException {
    listening =
        transport.listen(
            new ListenerConfig(
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
                WireLimits.standard(),
                LONG,
                LONG,
                LONG,
                Duration.ofSeconds(2),
                MOST,
                0,
                Http2Limits.standard()),
            handler,
            encrypted ? tls : null);
  }

  private HttpListener listener() {
    return Objects.requireNonNull(listening);
  }

  private Socket connect(String from) throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(from, 0));
    socket.setSoTimeout(20_000);
    socket.connect(listener().address(), 20_000);
    return socket;
  }

  private Socket attack() throws IOException {
    Socket socket = connect("127.0.0.1");
    attackers.add(socket);
    return socket;
  }

  private RawClient honest(boolean encrypted) throws IOException {
    Socket socket = connect("127.0.0.2");
    return new RawClient(encrypted ? Certificates.overTls(Certificates.client(), socket) : socket);
  }

  private static boolean isClosed(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketException _) {
      return true;
    }
  }

  @ParameterizedTest
  @EnumSource(Hold.class)
  void whoHoldsThemAllKeepsOnlyItselfOut(Hold hold) throws IOException {
    boolean encrypted = hold == Hold.HALF_A_HANDSHAKE;
    listen(encrypted);
    for (int i = 0; i < MOST; i++) {
      hold.keep(attack());
    }
    eventually("all are taken", () -> listener().connections() == MOST);

    try (RawClient first = honest(encrypted)) {
      assertThat(first.get("/").body()).isEqualTo("ok");
      for (int i = 0; i < MOST; i++) {
        assertThat(isClosed(attack())).isTrue();
      }
      assertThat(first.get("/").body()).isEqualTo("ok");
      try (RawClient second = honest(encrypted)) {
        assertThat(second.get("/").body()).isEqualTo("ok");
        assertThat(first.get("/").body()).isEqualTo("ok");
      }
    }
  }

  @Test
  void connectionsWithRequestsOnTheirWayDoNotGiveWay() throws Exception {
    listen(false);
    for (int i = 0; i < MOST; i++) {
      new RawClient(attack()).send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n");
    }
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();

    try (Socket tooMany = connect("127.0.0.2")) {
      assertThat(isClosed(tooMany)).isTrue();
    }

    enough.countDown();

    assertThat(new RawClient(attackers.getFirst()).answer().body()).isEqualTo("ok");
    try (RawClient honest = honest(false)) {
      assertThat(honest.get("/").body()).isEqualTo("ok");
    }
  }
}
