package io.portico.transport;

import static io.portico.transport.support.Eventually.eventually;
import static io.portico.transport.support.FrameClient.DATA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.http.HttpResponse;
import io.portico.transport.listener.HttpListener;
import io.portico.transport.support.Answers;
import io.portico.transport.support.FrameClient;
import io.portico.transport.support.RawBackend;
import io.portico.transport.support.RawClient;
import io.portico.transport.support.Stall;
import io.portico.transport.support.Transport;
import io.portico.transport.support.Transport.Mode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who cannot keep up slows the other side down, and nothing piles up between them. */
final class BackPressureTest {
  private static final int PIECE = 64 * 1024;
  private static final int PIECES = 1600;
  private static final long TOTAL = (long) PIECE * PIECES;

  /** More than sockets and both sides' buffers hold, far less than the whole. */
  private static final long MOST_UNDER_WAY = 40_000_000;

  static List<Mode> modes() {
    return Mode.all();
  }

  @ParameterizedTest
  @MethodSource("modes")
  void aClientThatDoesNotReadPausesTheBackend(Mode mode) throws Exception {
    AtomicLong sent = new AtomicLong();
    BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    try (RawBackend backend =
            new RawBackend(
                connection -> {
                  connection.head();
                  connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + TOTAL + "\r\n\r\n");
                  byte[] piece = new byte[PIECE];
                  for (int i = 0; i < PIECES; i++) {
                    connection.send(piece);
                    sent.addAndGet(PIECE);
                  }
                  connection.head();
                });
        Transport transport = new Transport(mode, 2, config -> config)) {
      HttpListener listener =
          transport.listen(
              request -> {
                HttpResponse answer = transport.proxy(backend.origin()).handle(request);
                return answer.onCompletion((bytes, complete) -> ends.add(bytes + " " + complete));
              });
      try (RawClient client = new RawClient(listener.address(), 16 * 1024)) {
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");

        long stalledAt = Stall.of(sent);
        assertThat(stalledAt).isPositive().isLessThan(MOST_UNDER_WAY);

        assertThat(client.answer().body()).hasSize((int) TOTAL);
        assertThat(ends.poll(20, TimeUnit.SECONDS)).isEqualTo(TOTAL + " true");
      }
    }
  }

  /** What the backend is waited for counts, not what the client lets wait. */
  @Test
  void aClientMayTakeLongerThanItsBackendMay() throws Exception {
    Duration timeout = Duration.ofSeconds(6);
    AtomicLong sent = new AtomicLong();
    try (RawBackend backend =
            new RawBackend(
                connection -> {
                  connection.head();
                  connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + TOTAL + "\r\n\r\n");
                  byte[] piece = new byte[PIECE];
                  for (int i = 0; i < PIECES; i++) {
                    connection.send(piece);
                    sent.addAndGet(PIECE);
                  }
                  connection.head();
                });
        Transport transport = new Transport()) {
      HttpListener listener = transport.listen(transport.proxy(backend.origin(), timeout));
      try (RawClient client = new RawClient(listener.address(), 16 * 1024)) {
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(Stall.of(sent)).isPositive().isLessThan(MOST_UNDER_WAY);
        long stalled = System.nanoTime();
        eventually(
            "the backend's time would be over",
            () -> System.nanoTime() - stalled > timeout.plusSeconds(1).toNanos());

        assertThat(client.answer().body()).hasSize((int) TOTAL);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("modes")
  void aBackendThatDoesNotReadPausesTheClient(Mode mode) throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicLong sent = new AtomicLong();
    try (RawBackend backend =
            new RawBackend(
                connection -> {
                  connection.head();
                  try {
                    goOn.await();
                  } catch (InterruptedException e) {
                    return;
                  }
                  for (int i = 0; i < PIECES; i++) {
                    connection.read(PIECE);
                  }
                  connection.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nread");
                });
        Transport transport = new Transport(mode, 2, config -> config)) {
      HttpListener listener = transport.listen(transport.proxy(backend.origin()));
      try (RawClient client = new RawClient(listener.address())) {
        Thread sender =
            Thread.ofVirtual()
                .start(
                    () -> {
                      try {
                        client.send(
                            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + TOTAL + "\r\n\r\n");
                        byte[] piece = new byte[PIECE];
                        for (int i = 0; i < PIECES; i++) {
                          client.send(piece);
                          sent.addAndGet(PIECE);
                        }
                      } catch (IOException e) {
                        sent.set(-1);
                      }
                    });

        long stalledAt = Stall.of(sent);
        assertThat(stalledAt).isPositive().isLessThan(MOST_UNDER_WAY);
        goOn.countDown();

        assertThat(client.answer().body()).isEqualTo("read");
        eventually("all is sent", () -> sent.get() == TOTAL);
        sender.join();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("modes")
  void aClientThatLeavesWithinTheAnswerEndsTheBackendsConnection(Mode mode) throws Exception {
    BlockingQueue<String> events = new LinkedBlockingQueue<>();
    try (RawBackend backend =
            new RawBackend(
                connection -> {
                  connection.head();
                  connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                  try {
                    while (true) {
                      connection.send("5\r\nhello\r\n");
                    }
                  } catch (IOException e) {
                    events.add("backend sees the end");
                  }
                });
        Transport transport = new Transport(mode, 2, config -> config)) {
      HttpListener listener =
          transport.listen(
              request ->
                  transport
                      .proxy(backend.origin())
                      .handle(request)
                      .onCompletion((_, complete) -> events.add("complete: " + complete)));
      try (RawClient client = new RawClient(listener.address())) {
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        client.read(1000);

        client.reset();

        assertThat(List.of(next(events), next(events)))
            .containsExactlyInAnyOrder("complete: false", "backend sees the end");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("modes")
  void aClientThatLeavesBeforeTheAnswerCancelsTheCall(Mode mode) throws Exception {
    BlockingQueue<String> events = new LinkedBlockingQueue<>();
    try (RawBackend backend =
            new RawBackend(
                connection -> {
                  connection.head();
                  events.add("asked");
                  events.add("end " + connection.read());
                });
        Transport transport = new Transport(mode, 2, config -> config)) {
      HttpListener listener = transport.listen(transport.proxy(backend.origin()));
      try (RawClient client = new RawClient(listener.address())) {
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(next(events)).isEqualTo("asked");

        client.reset();

        assertThat(next(events)).isEqualTo("end -1");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("modes")
  void aClientThatLeavesWithinItsRequestCancelsTheCall(Mode mode) throws Exception {
    BlockingQueue<String> events = new LinkedBlockingQueue<>();
    try (RawBackend backend =
            new RawBackend(
                connection -> {
                  connection.head();
                  connection.read(5);
                  events.add("asked");
                  events.add("end " + connection.read());
                });
        Transport transport = new Transport(mode, 2, config -> config)) {
      HttpListener listener = transport.listen(transport.proxy(backend.origin()));
      try (RawClient client = new RawClient(listener.address())) {
        client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhello");
        assertThat(next(events)).isEqualTo("asked");

        client.reset();

        assertThat(next(events)).isEqualTo("end -1");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("modes")
  void aClientThatResetsRightBehindHalfARequestIsNoticed(Mode mode) throws Exception {
    BlockingQueue<String> events = new LinkedBlockingQueue<>();
    String half = "a".repeat(300_000);
    try (Transport transport = new Transport(mode, 2, config -> config)) {
      HttpListener listener =
          transport.listen(
              request -> {
                events.add("asked");
                try {
                  request.body().readAll(1_000_000);
                } catch (IOException e) {
                  events.add("broke off");
                }
                return Answers.text("late");
              });
      for (int i = 0; i < 5; i++) {
        try (RawClient client = new RawClient(listener.address())) {
          client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 600000\r\n\r\n");
          assertThat(next(events)).isEqualTo("asked");

          client.send(half).reset();

          assertThat(next(events)).isEqualTo("broke off");
        }
        try (FrameClient client = FrameClient.greeting(listener.address())) {
          client.post(1, "/").send();
          assertThat(next(events)).isEqualTo("asked");

          client.frame(DATA, 0, 1, new byte[16 * 1024]).send().reset();

          assertThat(next(events)).isEqualTo("broke off");
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("modes")
  void anAnswerThatBreaksOffIsNotTakenForWhole(Mode mode) throws Exception {
    for (String framing : List.of("Content-Length: 10", "Transfer-Encoding: chunked")) {
      BlockingQueue<Boolean> ends = new LinkedBlockingQueue<>();
      try (RawBackend backend =
              new RawBackend(
                  connection -> {
                    connection.head();
                    connection.send("HTTP/1.1 200 OK\r\n" + framing + "\r\n\r\n5\r\nhe");
                    connection.close();
                  });
          Transport transport = new Transport(mode, 2, config -> config)) {
        HttpListener listener =
            transport.listen(
                request ->
                    transport
                        .proxy(backend.origin())
                        .handle(request)
                        .onCompletion((_, complete) -> ends.add(complete)));
        try (RawClient client = new RawClient(listener.address())) {
          client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
          assertThatThrownBy(client::answer).isInstanceOf(IOException.class);
          assertThat(ends.poll(20, TimeUnit.SECONDS)).isFalse();
        }
      }
    }
  }

  private static String next(BlockingQueue<String> events) throws InterruptedException {
    return String.valueOf(events.poll(20, TimeUnit.SECONDS));
  }
}
