package io.portico.transport.upstream;

import static io.portico.transport.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.http.UpstreamException.Reason;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamRequest.Origin;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.transport.support.Corpus;
import io.portico.transport.support.RawBackend;
import io.portico.transport.support.Transport;
import io.portico.transport.support.Transport.Mode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client towards backends, called from a thread that belongs to no loop. */
final class NettyUpstreamTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final String HELLO = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

  // One loop: which connections are used again is then beyond doubt.
  private Transport transport = new Transport(Mode.BEST, 1, config -> config);

  private void configured(UnaryOperator<UpstreamConfig> config) {
    transport.close();
    transport = new Transport(Mode.BEST, 1, config);
  }

  @AfterEach
  void close() {
    transport.close();
  }

  private UpstreamResponse send(RawBackend backend, String method, Body body, Duration timeout)
      throws UpstreamException {
    return transport
        .upstream()
        .send(new UpstreamRequest(method, backend.origin(), "/x", Headers.empty(), body, timeout));
  }

  private UpstreamResponse get(RawBackend backend) throws UpstreamException {
    return send(backend, "GET", Body.EMPTY, LONG);
  }

  private static String text(UpstreamResponse response) throws IOException {
    return new String(response.body().readAll(10_000_000), StandardCharsets.ISO_8859_1);
  }

  private static Reason failure(ThrowingCall call) {
    return catchThrowableOfType(UpstreamException.class, call::run).reason();
  }

  @FunctionalInterface
  private interface ThrowingCall {
    void run() throws Exception;
  }

  @Test
  void sendsFieldsInOrderAndCasingWithoutHopByHop() throws IOException {
    try (RawBackend backend = RawBackend.answering(HELLO)) {
      UpstreamRequest request =
          new UpstreamRequest(
              "PoST",
              backend.origin(),
              "/a%2fb?c={d}",
              Headers.of(
                  "x-B", "1",
                  "Connection", "keep-alive, X-Secret",
                  "HOST", "elsewhere",
                  "x-secret", "2",
                  "TE", "trailers",
                  "Expect", "100-continue",
                  "Content-Length", "77",
                  "Transfer-Encoding", "chunked",
                  "X-b", "3"),
              Body.of("hello"),
              LONG);

      UpstreamResponse response = transport.upstream().send(request);

      assertThat(text(response)).isEqualTo("hello");
      assertThat(backend.heads())
          .containsExactly(
              "PoST /a%2fb?c={d} HTTP/1.1\r\nx-B: 1\r\nHOST: elsewhere\r\nX-b: 3\r\nContent-Length: 5\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a b", "/a\r\nX: y", "/\u00e4", "", "/a#b"})
  void refusesATargetThatWouldNotArriveAsOne(String target) throws IOException {
    try (RawBackend backend = RawBackend.answering(HELLO)) {
      UpstreamRequest request =
          new UpstreamRequest("GET", backend.origin(), target, Headers.empty(), Body.EMPTY, LONG);

      assertThatThrownBy(() -> transport.upstream().send(request))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(backend.heads()).isEmpty();
    }
  }

  @Test
  void saysTheLengthOfNothingWhereContentIsExpected() throws IOException {
    try (RawBackend backend = RawBackend.answering(HELLO)) {
      send(backend, "POST", Body.EMPTY, LONG);
      send(backend, "DELETE", Body.EMPTY, LONG);
      assertThat(backend.heads().get(0)).contains("Content-Length: 0\r\n");
      assertThat(backend.heads().get(1)).doesNotContain("Content-Length");
    }
  }

  @Test
  void usesAConnectionAgain() throws IOException {
    try (RawBackend backend = RawBackend.answering(HELLO)) {
      for (int i = 0; i < 20; i++) {
        assertThat(text(get(backend))).isEqualTo("hello");
      }
      assertThat(backend.connections()).isEqualTo(1);
    }
  }

  @Test
  void readsBodiesOfEveryFraming() throws IOException {
    List<String> answers =
        List.of(
            "HTTP/1.1 200\r\nContent-Length: 5\r\n\r\nhello",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x\r\nhe\r\n003\r\nllo\r\n0\r\nT: r\r\n\r\n",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
            "HTTP/1.0 200 OK\r\n\r\nhello");
    for (String answer : answers) {
      try (RawBackend backend =
          new RawBackend(
              connection -> {
                connection.head();
                for (byte octet : answer.getBytes(StandardCharsets.US_ASCII)) {
                  connection.send(new byte[] {octet});
                }
              })) {
        assertThat(text(get(backend))).as(answer).isEqualTo("hello");
      }
    }
  }

  @Test
  void readsNoBodyWhereThereIsNone() throws IOException {
    try (RawBackend backend =
        new RawBackend(
            connection -> {
              while (true) {
                String head = connection.head();
                if (head.isEmpty()) {
                  return;
                }
                connection.send(
                    head.startsWith("HEAD")
                        ? "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
                        : head.startsWith("PUT")
                            ? "HTTP/1.1 204 No Content\r\n\r\n"
                            : "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n");
              }
            })) {
      UpstreamResponse head = send(backend, "HEAD", Body.EMPTY, LONG);
      assertThat(head.body()).isEqualTo(Body.EMPTY);
      assertThat(head.headers().first("Content-Length")).isEqualTo("5");
      assertThat(send(backend, "PUT", Body.EMPTY, LONG).status()).isEqualTo(204);
      assertThat(get(backend).status()).isEqualTo(304);
      assertThat(backend.connections()).isEqualTo(1);
    }
  }

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
  void doesNotKeepAConnectionTheBackendCloses() throws IOException {
    try (RawBackend backend =
        RawBackend.answering(
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello")) {
      get(backend);
      get(backend);
      assertThat(backend.connections()).isEqualTo(2);
    }
  }

  @Test
  void doesNotKeepAConnectionTheBackendIsAboutToClose() throws IOException {
    try (RawBackend backend =
        RawBackend.answering(
            "HTTP/1.1 200 OK\r\nKeep-Alive: timeout=1, max=5\r\nContent-Length: 5\r\n\r\nhello")) {
      get(backend);
      get(backend);
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
  void takesAnIdleConnectionOutWhenTheBackendClosesIt() throws Exception {
    BlockingQueue<Boolean> closed = new LinkedBlockingQueue<>();
    try (RawBackend backend =
        new RawBackend(
            connection -> {
              connection.head();
              connection.send(HELLO);
              connection.close();
              closed.add(true);
            })) {
      get(backend);
      assertThat(closed.poll(20, TimeUnit.SECONDS)).isTrue();
      // Whether the client has noticed by now or not: a POST must not be lost to an old connection.
      assertThat(text(get(backend))).isEqualTo("hello");
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

  private UpstreamResponse to(Origin origin) throws UpstreamException {
    return transport
        .upstream()
        .send(new UpstreamRequest("GET", origin, "/", Headers.empty(), Body.EMPTY, LONG));
  }

  @Test
  void findsABackendByName() throws IOException {
    try (RawBackend backend = RawBackend.answering(HELLO)) {
      Origin named = new Origin(false, "localhost", backend.origin().port(), true);
      assertThat(text(to(named))).isEqualTo("hello");
      assertThat(backend.heads().getFirst()).contains("Host: localhost:" + named.port() + "\r\n");
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
      assertThat(failure(() -> send(backend, "GET", Body.EMPTY, SHORT))).isEqualTo(Reason.TIMEOUT);
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
      UpstreamResponse response = send(backend, "GET", Body.EMPTY, SHORT);
      assertThatThrownBy(() -> response.body().readAll(100))
          .isInstanceOfSatisfying(
              UpstreamException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT));
    }
  }

  @Test
  void boundsConnectionsAndThoseWhoWait() throws Exception {
    configured(
        c ->
            new UpstreamConfig(
                c.limits(), c.connectTimeout(), c.tlsTimeout(), c.idleTimeout(), 1, 1, null));
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
  void endsTheWaitForAConnectionToo() throws Exception {
    configured(
        c ->
            new UpstreamConfig(
                c.limits(), c.connectTimeout(), c.tlsTimeout(), c.idleTimeout(), 1, 9, null));
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

  private CompletableFuture<String> async(RawBackend backend) {
    CompletableFuture<String> result = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                result.complete(text(get(backend)));
              } catch (UpstreamException e) {
                result.complete(e.reason().name());
              } catch (IOException | RuntimeException e) {
                result.completeExceptionally(e);
              }
            });
    return result;
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
  void keepsAConnectionWhoseShortBodyIsDiscarded() throws IOException {
    try (RawBackend backend =
        new RawBackend(
            connection -> {
              while (!connection.head().isEmpty()) {
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
                connection.send("hello");
              }
            })) {
      get(backend).body().readAll(9);
      UpstreamResponse second = get(backend);
      if (second.body() instanceof Body.Streamed stream) {
        stream.discard();
      }
      eventually(
          "the connection is used again",
          () -> {
            try {
              return text(get(backend)).equals("hello");
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          });
      assertThat(backend.connections()).isLessThanOrEqualTo(2);
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
