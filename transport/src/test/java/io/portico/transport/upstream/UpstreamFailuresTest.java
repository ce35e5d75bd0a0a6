package io.portico.transport.upstream;

import static io.portico.transport.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.http.UpstreamException.Reason;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamRequest.Origin;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.transport.support.Corpus;
import io.portico.transport.support.RawBackend;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The client towards backends: answers that are none, and waits that end. */
final class UpstreamFailuresTest extends UpstreamCalls {
  static List<Corpus.Entry> hostile() {
    return Corpus.read("/wire/hostile-responses.txt");
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void refusesAnAnswerThatCouldBeReadInTwoWays(Corpus.Entry entry) throws IOException {
    BlockingQueue<Integer> ends = new LinkedBlockingQueue<>();
    try (RawBackend backend =
        new RawBackend(
            connection -> {
              connection.head();
              connection.send(entry.bytes());
              ends.add(connection.read());
            })) {

      assertThat(failure(() -> get(backend))).isEqualTo(Reason.INVALID_RESPONSE);

      eventually("the connection is closed", () -> ends.contains(-1));
    }
  }

  @Test
  void givesUpABodyWhoseChunksAreBroken() throws IOException {
    try (RawBackend backend =
        new RawBackend(
            connection -> {
              connection.head();
              connection.send(
                  "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
              connection.read();
            })) {
      UpstreamResponse response = get(backend);
      assertThat(response.body().length()).isEqualTo(-1);
    }
    try (RawBackend backend =
        new RawBackend(
            connection -> {
              connection.head();
              connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
              connection.send("5\r\nhello!");
              connection.read();
            })) {
      assertThatThrownBy(() -> text(get(backend)))
          .isInstanceOfSatisfying(
              UpstreamException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.INVALID_RESPONSE));
    }
  }

  @Test
  void neverUsesAConnectionAgainThatSaysMoreThanItWasAsked() throws IOException {
    try (RawBackend backend =
        RawBackend.answering(HELLO + "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison")) {
      assertThat(text(get(backend))).isEqualTo("hello");
      assertThat(text(get(backend))).isEqualTo("hello");
      assertThat(backend.connections()).isEqualTo(2);
    }
  }

  @Test
  void repeatsAnIdempotentRequestOnceWhenAnIdleConnectionWasClosed() throws IOException {
    try (RawBackend backend =
        new RawBackend(
            connection -> {
              connection.head();
              connection.send(HELLO);
              connection.head();
              if (connection.number() > 1) {
                connection.send(HELLO);
              }
              connection.reset();
            })) {
      assertThat(text(get(backend))).isEqualTo("hello");
      assertThat(text(get(backend))).isEqualTo("hello");
      assertThat(backend.heads()).hasSize(3);
      assertThat(backend.connections()).isEqualTo(2);
    }
  }

  @Test
  void doesNotRepeatARequestThatMayHaveBeenDone() throws IOException {
    try (RawBackend backend =
        new RawBackend(
            connection -> {
              connection.head();
              connection.send(HELLO);
              connection.head();
              connection.reset();
            })) {
      get(backend);

      assertThat(failure(() -> send(backend, "POST", Body.EMPTY, LONG)))
          .isEqualTo(Reason.CONNECTION_LOST);

      assertThat(backend.heads()).hasSize(2);
    }
  }

  @Test
  void doesNotRepeatWhatFailedOnAFreshConnectionOrWithinTheAnswer() throws IOException {
    try (RawBackend backend =
        new RawBackend(
            connection -> {
              connection.head();
              connection.reset();
            })) {
      assertThat(failure(() -> get(backend))).isEqualTo(Reason.CONNECTION_LOST);
      assertThat(backend.heads()).hasSize(1);
    }
    try (RawBackend backend =
        new RawBackend(
            connection -> {
              connection.head();
              connection.send(HELLO);
              connection.head();
              connection.send("HTTP/1.1 2");
            })) {
      get(backend);
      assertThat(failure(() -> get(backend))).isEqualTo(Reason.CONNECTION_LOST);
      assertThat(backend.heads()).hasSize(2);
    }
  }

  @Test
  void failsWhenTheBodyBreaksOff() throws IOException {
    try (RawBackend backend =
        new RawBackend(
            connection -> {
              connection.head();
              connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
            })) {
      UpstreamResponse response = get(backend);
      assertThatThrownBy(() -> response.body().readAll(100))
          .isInstanceOfSatisfying(
              UpstreamException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.CONNECTION_LOST));
    }
  }

  @Test
  void saysWhyThereIsNoConnection() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    assertThat(failure(() -> to(new Origin(false, "127.0.0.1", free, true))))
        .isEqualTo(Reason.CONNECT_FAILED);
    assertThat(failure(() -> to(new Origin(false, "no-such-host.invalid", 80, true))))
        .isEqualTo(Reason.UNKNOWN_HOST);
  }

  @Test
  void aRequestThatWasLostIsNotOneThatReachedNobody() throws IOException {
    AtomicReference<RawBackend> own = new AtomicReference<>();
    try (RawBackend backend =
        new RawBackend(
            connection -> {
              connection.head();
              connection.send(HELLO);
              connection.head();
              own.get().close();
            })) {
      own.set(backend);
      get(backend);

      // Sent again, it finds nobody there; but the first time it may have been heard.
      assertThat(failure(() -> get(backend))).isEqualTo(Reason.LOST_AND_UNREACHED);
      assertThat(backend.heads()).hasSize(2);
    }
  }

  @Test
  void endsAfterItsTimeWithoutAnAnswerAndClosesTheConnection() throws IOException {
    BlockingQueue<Integer> ends = new LinkedBlockingQueue<>();
    try (RawBackend backend =
        new RawBackend(
            connection -> {
              connection.head();
              connection.send("HTTP/1.1 200");
              ends.add(connection.read());
            })) {
      assertThat(failure(() -> send(backend, "GET", Body.EMPTY, FAIR))).isEqualTo(Reason.TIMEOUT);
      eventually("the connection is closed", () -> ends.contains(-1));
    }
  }

  @Test
  void endsABodyThatDoesNotGoOn() throws IOException {
    try (RawBackend backend =
        new RawBackend(
            connection -> {
              connection.head();
              connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
              connection.read();
            })) {
      UpstreamResponse response = send(backend, "GET", Body.EMPTY, FAIR);
      assertThatThrownBy(() -> response.body().readAll(100))
          .isInstanceOfSatisfying(
              UpstreamException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT));
    }
  }

  @Test
  void endsABodyThatGoesOnForTooLong() throws IOException {
    BlockingQueue<Boolean> ends = new LinkedBlockingQueue<>();
    try (RawBackend backend =
        new RawBackend(
            connection -> {
              connection.head();
              connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
              try {
                while (ends.isEmpty()) {
                  connection.send("1\r\nx\r\n");
                }
              } catch (IOException e) {
                ends.add(true);
              }
            })) {
      UpstreamResponse response = get(backend);
      long deadline = System.nanoTime() + Duration.ofMillis(200).toNanos();
      assertThatThrownBy(() -> response.body().readAll(1_000_000_000, deadline))
          .isInstanceOf(SocketTimeoutException.class);
      ends.add(false);
    }
  }

  @Test
  void endsASizedBodyThatTricklesForLongerThanTheWholeMayTake() throws IOException {
    try (RawBackend backend = new RawBackend(UpstreamFailuresTest::trickle)) {
      UpstreamResponse response = send(backend, "GET", Body.EMPTY, FAIR);
      assertThatThrownBy(() -> response.body().readAll(Long.MAX_VALUE))
          .isInstanceOfSatisfying(
              UpstreamException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT));
    }
  }

  /** One byte after the other, for far longer than anybody waits. */
  private static void trickle(RawBackend.Connection connection) throws IOException {
    connection.head();
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (System.nanoTime() < end) {
      connection.send("x");
    }
  }

  @Test
  void endsABodyThatStandsStillHoweverLongTheWholeMayTake() throws IOException {
    try (RawBackend backend =
        new RawBackend(
            connection -> {
              connection.head();
              connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
              connection.send("5\r\nhello\r\n");
              connection.read();
            })) {
      UpstreamResponse response =
          transport
              .upstream()
              .send(
                  new UpstreamRequest(
                      "GET", backend.origin(), "/", Headers.empty(), Body.EMPTY, LONG, SHORT));

      assertThatThrownBy(() -> response.body().readAll(100))
          .isInstanceOfSatisfying(
              UpstreamException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT));
    }
  }

  @Test
  void letsABodyThatGoesOnTakeLongerThanItMayStandStill() throws IOException {
    try (RawBackend backend =
        new RawBackend(
            connection -> {
              connection.head();
              connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
              long end = System.nanoTime() + FAIR.plusSeconds(1).toNanos();
              while (System.nanoTime() < end) {
                connection.send("1\r\nx\r\n");
              }
              connection.send("0\r\n\r\n");
            })) {
      UpstreamResponse response =
          transport
              .upstream()
              .send(
                  new UpstreamRequest(
                      "GET", backend.origin(), "/", Headers.empty(), Body.EMPTY, LONG, FAIR));

      assertThat(response.body().readAll(Long.MAX_VALUE)).isNotEmpty().containsOnly('x');
    }
  }

  @Test
  void endsAHeadThatDoesNotComeHoweverLongTheWholeMayTake() throws IOException {
    try (RawBackend backend =
        new RawBackend(
            connection -> {
              connection.head();
              connection.send("HTTP/1.1 200 OK\r\n");
              connection.read();
            })) {
      assertThat(failure(() -> get(backend, SHORT))).isEqualTo(Reason.TIMEOUT);
    }
  }

  @Test
  void letsABodyTakeLongerThanItsHeadMay() throws IOException {
    try (RawBackend backend =
        new RawBackend(
            connection -> {
              connection.head();
              connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
              long end = System.nanoTime() + FAIR.plusSeconds(1).toNanos();
              while (System.nanoTime() < end) {
                connection.send("1\r\nx\r\n");
              }
              connection.send("0\r\n\r\n");
            })) {
      assertThat(get(backend, FAIR).body().readAll(Long.MAX_VALUE)).isNotEmpty().containsOnly('x');
    }
  }

  private UpstreamResponse get(RawBackend backend, Duration head) throws UpstreamException {
    return transport
        .upstream()
        .send(
            new UpstreamRequest(
                "GET", backend.origin(), "/", Headers.empty(), Body.EMPTY, LONG, head, LONG));
  }

  @Test
  void boundsConnectionsAndThoseWhoWait() throws Exception {
    configured(
        c ->
            new UpstreamConfig(
                c.limits(), c.connectTimeout(), c.tlsTimeout(), c.idleTimeout(), 1, 1, null, null));
    CountDownLatch goOn = new CountDownLatch(1);
    try (RawBackend backend =
        new RawBackend(
            connection -> {
              while (!connection.head().isEmpty()) {
                try {
                  goOn.await();
                } catch (InterruptedException e) {
                  return;
                }
                connection.send(HELLO);
              }
            })) {
      CompletableFuture<String> first = async(backend);
      eventually("the first is under way", () -> backend.heads().size() == 1);
      CompletableFuture<String> second = async(backend);
      CompletableFuture<String> third = async(backend);

      CompletableFuture<Object> refused = CompletableFuture.anyOf(second, third);
      assertThat(refused.get(20, TimeUnit.SECONDS)).isEqualTo("OVERLOADED");
      goOn.countDown();

      assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo("hello");
      assertThat(List.of(second.get(20, TimeUnit.SECONDS), third.get(20, TimeUnit.SECONDS)))
          .containsExactlyInAnyOrder("hello", "OVERLOADED");
      assertThat(backend.connections()).isEqualTo(1);
    }
  }

  @Test
  void givesUpABodyNobodyComesFor() throws IOException {
    BlockingQueue<Integer> ends = new LinkedBlockingQueue<>();
    try (RawBackend backend =
        new RawBackend(
            connection -> {
              connection.head();
              connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10000000\r\n\r\n");
              connection.send(new byte[200_000]);
              try {
                ends.add(connection.read());
              } catch (IOException e) {
                ends.add(-2);
              }
            })) {

      UpstreamResponse forgotten = send(backend, "GET", Body.EMPTY, FAIR);

      assertThat(forgotten.body()).isInstanceOf(Body.Streamed.class);
      eventually("the connection is closed", () -> !ends.isEmpty());
    }
  }

  @Test
  void endsTheWaitForAConnectionToo() throws Exception {
    configured(
        c ->
            new UpstreamConfig(
                c.limits(), c.connectTimeout(), c.tlsTimeout(), c.idleTimeout(), 1, 9, null, null));
    try (RawBackend backend =
        new RawBackend(
            connection -> {
              connection.head();
              connection.read();
            })) {
      CompletableFuture<String> first = async(backend);
      eventually("the first is under way", () -> backend.heads().size() == 1);
      assertThat(failure(() -> send(backend, "GET", Body.EMPTY, SHORT))).isEqualTo(Reason.TIMEOUT);
      assertThat(first).isNotDone();
    }
  }

  @Test
  void anInterruptEndsTheWaitAndClosesTheConnection() throws Exception {
    BlockingQueue<Integer> ends = new LinkedBlockingQueue<>();
    try (RawBackend backend =
        new RawBackend(
            connection -> {
              connection.head();
              ends.add(connection.read());
            })) {
      BlockingQueue<String> outcome = new LinkedBlockingQueue<>();
      Thread caller =
          Thread.ofVirtual()
              .start(
                  () -> {
                    outcome.add(failure(() -> get(backend)).name());
                    outcome.add(failure(() -> get(backend)).name());
                  });
      eventually("the call is under way", () -> backend.heads().size() == 1);

      caller.interrupt();

      assertThat(outcome.poll(20, TimeUnit.SECONDS)).isEqualTo("CANCELLED");
      assertThat(outcome.poll(20, TimeUnit.SECONDS)).isEqualTo("CANCELLED");
      eventually("the connection is closed", () -> ends.contains(-1));
      assertThat(backend.heads()).hasSize(1);
    }
  }

  @Test
  void endsCallsUnderWayWhenItIsClosed() throws Exception {
    try (RawBackend backend =
        new RawBackend(
            connection -> {
              connection.head();
              connection.read();
            })) {
      CompletableFuture<String> call = async(backend);
      eventually("the call is under way", () -> backend.heads().size() == 1);

      transport.close();

      assertThat(call.get(20, TimeUnit.SECONDS)).isEqualTo("CONNECTION_LOST");
    }
  }
}
