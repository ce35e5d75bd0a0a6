package io.portico.transport.listener;

import static io.portico.transport.support.Eventually.eventually;
import static io.portico.transport.support.FrameClient.DATA;
import static io.portico.transport.support.FrameClient.HEADERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.http.HttpHandler;
import io.portico.transport.support.Answers;
import io.portico.transport.support.FrameClient;
import io.portico.transport.support.RawClient;
import io.portico.transport.support.Transport;
import io.portico.transport.wire.Http2Limits;
import io.portico.transport.wire.WireLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Clients that take their time, many at once. One event loop serves them and an honest client,
 * which is answered until the last of them has been shown the door.
 */
final class SlowClientsTest {
  private static final int ATTACKERS = 20;
  private static final byte[] BIG = new byte[10_000_000];
  private static final Duration SHORT = Duration.ofMillis(500);

  /** What an honest client's own head may take, on a busy machine too. */
  private static final Duration FAIR = Duration.ofSeconds(3);

  private static final Duration LONG = Duration.ofSeconds(60);

  private final Transport transport = new Transport(Transport.Mode.BEST, 1, config -> config);
  private final List<RawClient> attackers = new ArrayList<>();
  private @Nullable HttpListener listening;
  private @Nullable RawClient honest;

  private final HttpHandler handler =
      request -> {
        if (request.target().equals("/big")) {
          return Answers.bytes(BIG);
        }
        try {
          return Answers.text("read " + request.body().readAll(Long.MAX_VALUE).length);
        } catch (IOException e) {
          return Answers.text(599, "unreadable");
        }
      };

  private void listen(Duration header, Duration body, Duration keepAlive, int leastRate)
      throws IOException {
    listening =
        transport.listen(
            new ListenerConfig(
                Transport.patient().address(),
                WireLimits.standard(),
                header,
                body,
                keepAlive,
                SHORT,
                100,
                leastRate,
                Http2Limits.standard()),
            handler);
    honest = new RawClient(listener().address());
    honestIsAnswered();
    for (int i = 0; i < ATTACKERS; i++) {
      attackers.add(new RawClient(listener().address(), 4096));
    }
  }

  @AfterEach
  void close() throws IOException {
    if (honest != null) {
      honest.close();
    }
    for (RawClient attacker : attackers) {
      attacker.close();
    }
    transport.close();
  }

  private HttpListener listener() {
    return Objects.requireNonNull(listening);
  }

  private void honestIsAnswered() throws IOException {
    assertThat(Objects.requireNonNull(honest).get("/").body()).isEqualTo("read 0");
  }

  /** Something an attacker does over and over. */
  @FunctionalInterface
  private interface Step {
    void by(RawClient attacker) throws IOException;
  }

  /** Each attacker goes on until it is answered, which it must be with 408, and the end. */
  private void goOnUntilRefused(Step step) throws IOException {
    List<RawClient> left = new ArrayList<>(attackers);
    while (!left.isEmpty()) {
      for (RawClient attacker : List.copyOf(left)) {
        if (attacker.hears()) {
          left.remove(attacker);
          assertThat(attacker.answer().status()).isEqualTo(408);
          assertThat(attacker.rest()).isEmpty();
        } else {
          step.by(attacker);
        }
      }
      honestIsAnswered();
    }
    onlyTheHonestOneIsLeft();
  }

  private void onlyTheHonestOneIsLeft() {
    eventually(
        "only the honest one is left",
        () -> {
          try {
            honestIsAnswered();
          } catch (IOException e) {
            throw new AssertionError("the honest one is not answered", e);
          }
          return listener().connections() == 1;
        });
  }

  @Test
  void headsThatTrickleAreRefused() throws IOException {
    listen(FAIR, LONG, LONG, 0);
    for (RawClient attacker : attackers) {
      attacker.send("GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ");
    }

    goOnUntilRefused(attacker -> attacker.send("x"));
  }

  @Test
  void bodiesThatTrickleAreRefused() throws IOException {
    listen(LONG, SHORT, LONG, 1_000_000_000);
    for (RawClient attacker : attackers) {
      attacker.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2000000000\r\n\r\n");
    }

    goOnUntilRefused(attacker -> attacker.send("x"));
  }

  @Test
  void bodiesThatTrickleByHttp2AreRefused() throws IOException {
    listen(LONG, SHORT, LONG, 1_000_000_000);
    try (FrameClient attacker = FrameClient.greeting(listener().address())) {
      attacker.post(1, "/").send();

      while (!attacker.hears(HEADERS)) {
        attacker.frame(DATA, 0, 1, new byte[1]).send();
        honestIsAnswered();
      }

      assertThat(attacker.answer(1).status()).isEqualTo(408);
    }
  }

  @Test
  void chunksThatTrickleAreRefused() throws IOException {
    listen(LONG, SHORT, LONG, 1_000_000_000);
    for (RawClient attacker : attackers) {
      attacker.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    }

    goOnUntilRefused(attacker -> attacker.send("1\r\nx\r\n"));
  }

  @Test
  void thoseThatSayNothingAreClosed() throws IOException {
    listen(FAIR, LONG, LONG, 0);

    onlyTheHonestOneIsLeft();

    for (RawClient attacker : attackers) {
      assertThat(attacker.rest()).isEmpty();
    }
  }

  @Test
  void thoseThatSayNothingMoreAreClosed() throws IOException {
    listen(LONG, LONG, FAIR, 0);
    for (RawClient attacker : attackers) {
      assertThat(attacker.get("/").status()).isEqualTo(200);
    }

    onlyTheHonestOneIsLeft();

    for (RawClient attacker : attackers) {
      assertThat(attacker.rest()).isEmpty();
    }
  }

  @Test
  void thoseThatAskAndReadNothingAreGivenUp() throws IOException {
    listen(LONG, SHORT, LONG, 0);
    String requests = "GET /big HTTP/1.1\r\nHost: a\r\n\r\n".repeat(500);
    for (RawClient attacker : attackers) {
      attacker.send(requests);
    }

    onlyTheHonestOneIsLeft();
  }
}
