package io.portico.transport.listener;

import static io.portico.transport.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.http.HttpHandler;
import io.portico.transport.support.Answers;
import io.portico.transport.support.RawClient;
import io.portico.transport.support.Transport;
import io.portico.transport.wire.Http2Limits;
import io.portico.transport.wire.WireLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Clients that send more than a message may have, many at once. One event loop serves them and an
 * honest client, which is answered before, meanwhile and afterwards.
 */
final class OversizeClientsTest {
  private static final int ATTACKERS = 20;
  private static final Duration LONG = Duration.ofSeconds(60);

  /** For how long a client that was refused may keep its side open. */
  private static final Duration SHORT = Duration.ofMillis(500);

  private static final WireLimits LIMITS = new WireLimits(200, 400, 5);
  private static final String CHUNKED =
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

  private final Transport transport = new Transport(Transport.Mode.BEST, 1, config -> config);
  private final List<RawClient> attackers = new ArrayList<>();
  private HttpListener listener;
  private RawClient honest;

  private final HttpHandler handler =
      request -> {
        try {
          return Answers.text("read " + request.body().readAll(1_000).length);
        } catch (IOException e) {
          return Answers.text(599, "unreadable");
        }
      };

  /** What is too much, though it has not ended, and what is said to it. */
  enum Excess {
    TARGET("GET /" + "x".repeat(500), 414),
    FIELD("GET / HTTP/1.1\r\nHost: a\r\nX-A: " + "x".repeat(1_000), 431),
    FIELDS("GET / HTTP/1.1\r\nHost: a\r\n" + "a: b\r\n".repeat(20), 431),
    TRAILERS(CHUNKED + "0\r\n" + "a: b\r\n".repeat(20), 431),
    EXTENSIONS(CHUNKED + ("1;" + "x".repeat(500) + "\r\na\r\n").repeat(3), 400);

    final String sent;
    final int status;

    Excess(String sent, int status) {
      this.sent = sent;
      this.status = status;
    }
  }

  @BeforeEach
  void listen() throws IOException {
    listener =
        transport.listen(
            new ListenerConfig(
                Transport.patient().address(),
                LIMITS,
                LONG,
                LONG,
                LONG,
                SHORT,
                100,
                0,
                Http2Limits.standard()),
            handler);
    honest = new RawClient(listener.address());
    honestIsAnswered();
    for (int i = 0; i < ATTACKERS; i++) {
      attackers.add(new RawClient(listener.address()));
    }
  }

  @AfterEach
  void close() throws IOException {
    honest.close();
    for (RawClient attacker : attackers) {
      attacker.close();
    }
    transport.close();
  }

  @ParameterizedTest
  @EnumSource(Excess.class)
  void isRefusedAndHarmsNobodyElse(Excess excess) throws Exception {
    for (RawClient attacker : attackers) {
      attacker.send(excess.sent);
      honestIsAnswered();
    }

    for (RawClient attacker : attackers) {
      assertThat(attacker.answer().status()).isEqualTo(excess.status);
      assertThat(attacker.rest()).isEmpty();
    }
    eventually("only the honest one is left", () -> listener.connections() == 1);
    honestIsAnswered();
  }

  private void honestIsAnswered() throws IOException {
    assertThat(honest.get("/").body()).isEqualTo("read 0");
  }
}
