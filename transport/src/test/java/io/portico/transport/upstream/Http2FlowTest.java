package io.portico.transport.upstream;

import static io.portico.transport.support.FrameClient.ACK;
import static io.portico.transport.support.FrameClient.DATA;
import static io.portico.transport.support.FrameClient.END_STREAM;
import static io.portico.transport.support.FrameClient.GOAWAY;
import static io.portico.transport.support.FrameClient.HEADERS;
import static io.portico.transport.support.FrameClient.PING;
import static io.portico.transport.support.FrameClient.RST_STREAM;
import static io.portico.transport.support.FrameClient.SETTINGS;
import static io.portico.transport.support.FrameClient.WINDOW_UPDATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.http.UpstreamException.Reason;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.transport.listener.HttpListener;
import io.portico.transport.support.FrameBackend;
import io.portico.transport.support.FrameClient.Frame;
import io.portico.transport.support.RawClient;
import io.portico.transport.support.Stall;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Calls that share a connection: windows, and ends that leave the others alone. */
final class Http2FlowTest extends Http2Calls {
  private static final int NO_ERROR = 0;
  private static final int CANCEL = 8;

  /** Longer than a connection takes to be made, however busy the machine is. */
  private static final Duration SECONDS = Duration.ofSeconds(3);

  @Test
  void aCallThatTakesTooLongResetsItsStreamOnly() throws Exception {
    try (FrameBackend backend =
        new FrameBackend(
            (connection, _) -> {
              connection.welcome();
              int patient = connection.next(HEADERS).stream();
              events.add("asked");
              int impatient = connection.next(HEADERS).stream();
              Frame reset = connection.next(RST_STREAM);
              events.add((reset.stream() == impatient) + " " + reset.number(0));
              // What comes for it all the same is let pass.
              answer(connection, impatient, "late");
              answer(connection, patient, "hello");
              connection.send().next(GOAWAY);
            })) {
      CompletableFuture<String> patient = async(backend.origin(), "/patient");
      assertThat(event()).isEqualTo("asked");
      assertThat(outcome(async(backend.origin(), "GET", "/impatient", SECONDS)))
          .isEqualTo("TIMEOUT");

      assertThat(event()).isEqualTo("true " + CANCEL);
      assertThat(outcome(patient)).isEqualTo("hello");
      assertThat(backend.connections()).isEqualTo(1);
    }
  }

  @Test
  void anInterruptResetsTheStream() throws Exception {
    try (FrameBackend backend =
        new FrameBackend(
            (connection, _) -> {
              connection.welcome();
              connection.next(HEADERS);
              events.add("asked");
              events.add("reset " + connection.next(RST_STREAM).number(0));
              connection.next(GOAWAY);
            })) {
      BlockingQueue<Reason> outcome = new LinkedBlockingQueue<>();
      Thread caller =
          Thread.ofVirtual().start(() -> outcome.add(failure(() -> get(backend.origin(), "/"))));
      assertThat(event()).isEqualTo("asked");

      caller.interrupt();

      assertThat(outcome.poll(20, TimeUnit.SECONDS)).isEqualTo(Reason.CANCELLED);
      assertThat(event()).isEqualTo("reset " + CANCEL);
    }
  }

  @Test
  void manyCancelledDownloadsDoNotEndTheConnection() throws Exception {
    int calls = 60;
    try (FrameBackend backend =
        new FrameBackend(
            (connection, _) -> {
              connection.welcome();
              for (int i = 0; i < calls; i++) {
                int stream = connection.next(HEADERS).stream();
                connection.status(0, stream, 200).frame(DATA, 0, stream, new byte[16_000]);
                connection.send().next(RST_STREAM);
                // A backend that has not heard of it yet goes on up to the end of the window.
                for (int piece = 0; piece < 240; piece++) {
                  connection.frame(DATA, 0, stream, new byte[1000]);
                }
                connection.send();
              }
              answer(connection, connection.next(HEADERS).stream(), "hello");
              connection.send().next(GOAWAY);
            })) {
      for (int i = 0; i < calls; i++) {
        UpstreamResponse response = get(backend.origin(), "/");
        ((Body.Streamed) response.body()).discard();
      }
      assertThat(text(get(backend.origin(), "/"))).isEqualTo("hello");
      assertThat(backend.connections()).isEqualTo(1);
    }
  }

  @Test
  void anUploadWaitsForTheBackendsWindow() throws Exception {
    byte[] noWindow = {0, 4, 0, 0, 0, 0};
    CountDownLatch open = new CountDownLatch(1);
    byte[] content = new byte[40_000];
    try (FrameBackend backend =
        new FrameBackend(
            (connection, _) -> {
              connection.welcome(noWindow);
              int stream = connection.next(HEADERS).stream();
              connection.frame(PING, 0, 0, new byte[8]).send().next(PING);
              events.add("nothing came before the window opened");
              await(open);
              connection.frame(SETTINGS, 0, 0, new byte[] {0, 4, 0, 0, (byte) 200, 0}).send();
              int received = 0;
              while (received < content.length) {
                received += connection.next(DATA).payload().length;
              }
              answer(connection, stream, received + " bytes");
              connection.send().next(GOAWAY);
            })) {
      CompletableFuture<UpstreamResponse> call =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return send(backend.origin(), "POST", "/", Body.of(content), LONG);
                } catch (UpstreamException e) {
                  throw new IllegalStateException(e);
                }
              },
              command -> Thread.ofVirtual().start(command));
      assertThat(event()).startsWith("nothing");
      open.countDown();
      assertThat(text(call.get(20, TimeUnit.SECONDS))).isEqualTo("40000 bytes");
    }
  }

  @Test
  void aBackendThatGivesNoWindowPausesTheClient() throws Exception {
    long total = 100_000_000;
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicLong sent = new AtomicLong();
    try (FrameBackend backend =
        new FrameBackend(
            (connection, _) -> {
              connection.welcome();
              int stream = connection.next(HEADERS).stream();
              await(goOn);
              connection.number(WINDOW_UPDATE, 0, 1_000_000_000);
              connection.number(WINDOW_UPDATE, stream, 1_000_000_000).send();
              for (long received = 0; received < total; ) {
                received += connection.next(DATA).payload().length;
              }
              answer(connection, stream, "read");
              connection.send().next(GOAWAY);
            })) {
      HttpListener listener = transport.listen(transport.proxy(backend.origin()));
      try (RawClient client = new RawClient(listener.address())) {
        Thread sender =
            Thread.ofVirtual()
                .start(
                    () -> {
                      try {
                        client.send(
                            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + total + "\r\n\r\n");
                        byte[] piece = new byte[50_000];
                        for (long i = 0; i < total; i += piece.length) {
                          client.send(piece);
                          sent.addAndGet(piece.length);
                        }
                      } catch (IOException e) {
                        sent.set(-1);
                      }
                    });
        assertThat(Stall.of(sent)).isPositive().isLessThan(40_000_000);
        goOn.countDown();
        assertThat(client.answer().body()).isEqualTo("read");
        sender.join();
      }
    }
  }

  @Test
  void aClientThatDoesNotReadHoldsUpItsStreamOnly() throws Exception {
    int total = 60_000_000;
    AtomicLong sent = new AtomicLong();
    CountDownLatch written = new CountDownLatch(1);
    try (FrameBackend backend =
        new FrameBackend(
            (connection, _) -> {
              connection.welcome();
              int slow = connection.next(HEADERS).stream();
              connection.status(0, slow, 200, "content-length", "" + total).send();
              // What the client's settings and its first WINDOW_UPDATE have granted.
              int window = 256 * 1024;
              int whole = 65_535 + 1024 * 1024;
              int left = total;
              while (left > 0) {
                while (window > 0 && whole > 0 && left > 0) {
                  int piece = Math.min(Math.min(window, whole), Math.min(left, 16_384));
                  connection.frame(DATA, 0, slow, new byte[piece]).send();
                  sent.addAndGet(piece);
                  window -= piece;
                  whole -= piece;
                  left -= piece;
                }
                if (left == 0) {
                  break;
                }
                Frame frame = connection.next();
                if (frame == null) {
                  return;
                }
                if (frame.type() == WINDOW_UPDATE && frame.stream() == 0) {
                  whole += frame.number(0);
                } else if (frame.type() == WINDOW_UPDATE && frame.stream() == slow) {
                  window += frame.number(0);
                } else if (frame.type() == HEADERS) {
                  answer(connection, frame.stream(), "quick");
                  connection.send();
                  whole -= "quick".length();
                }
              }
              connection.frame(DATA, END_STREAM, slow).send();
              written.countDown();
              connection.next(GOAWAY);
            })) {
      HttpListener listener = transport.listen(transport.proxy(backend.origin()));
      try (RawClient client = new RawClient(listener.address(), 16 * 1024)) {
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(Stall.of(sent)).isPositive().isLessThan(20_000_000);

        for (int i = 0; i < 50; i++) {
          assertThat(text(get(backend.origin(), "/quick"))).isEqualTo("quick");
        }
        assertThat(written.getCount()).isOne();

        assertThat(client.answer().body()).hasSize(total);
        assertThat(backend.connections()).isEqualTo(1);
      }
    }
  }

  @Test
  void aClientThatLeavesResetsTheStreamOfItsUpload() throws Exception {
    try (FrameBackend backend =
        new FrameBackend(
            (connection, _) -> {
              connection.welcome();
              connection.next(HEADERS);
              connection.next(DATA);
              events.add("asked");
              events.add("reset " + connection.next(RST_STREAM).number(0));
              connection.next(GOAWAY);
            })) {
      HttpListener listener = transport.listen(transport.proxy(backend.origin()));
      try (RawClient client = new RawClient(listener.address())) {
        client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhello");
        assertThat(event()).isEqualTo("asked");

        client.reset();

        assertThat(event()).isEqualTo("reset " + CANCEL);
      }
    }
  }

  @Test
  void whatABackendHasAnsweredWithoutItIsNotSentAnyMore() throws Exception {
    try (FrameBackend backend =
        new FrameBackend(
            (connection, _) -> {
              connection.welcome();
              int stream = connection.next(HEADERS).stream();
              connection.next(DATA);
              answer(connection, stream, "enough");
              events.add("reset " + connection.send().next(RST_STREAM).number(0));
              answer(connection, connection.next(HEADERS).stream(), "hello");
              connection.send().next(GOAWAY);
            })) {
      UpstreamResponse early =
          send(backend.origin(), "POST", "/", Body.of(new byte[1_000_000]), LONG);
      assertThat(text(early)).isEqualTo("enough");
      assertThat(event()).isEqualTo("reset " + CANCEL);
      assertThat(text(get(backend.origin(), "/"))).isEqualTo("hello");
      assertThat(backend.connections()).isEqualTo(1);
    }
  }

  @Test
  void endsABodyThatDoesNotGoOnAndKeepsTheConnection() throws Exception {
    try (FrameBackend backend =
        new FrameBackend(
            (connection, _) -> {
              connection.welcome();
              int stream = connection.next(HEADERS).stream();
              connection.status(0, stream, 200).frame(DATA, 0, stream, new byte[5]).send();
              events.add("reset " + connection.next(RST_STREAM).number(0));
              answer(connection, connection.next(HEADERS).stream(), "hello");
              connection.send().next(GOAWAY);
            })) {
      UpstreamResponse response = send(backend.origin(), "GET", "/", Body.EMPTY, SECONDS);
      assertThatThrownBy(() -> response.body().readAll(100))
          .isInstanceOfSatisfying(
              UpstreamException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT));
      assertThat(event()).isEqualTo("reset " + CANCEL);
      assertThat(text(get(backend.origin(), "/"))).isEqualTo("hello");
      assertThat(backend.connections()).isEqualTo(1);
    }
  }

  @Test
  void endsAnIdleConnectionWithAWord() throws Exception {
    configured(
        c ->
            new UpstreamConfig(
                c.limits(),
                c.connectTimeout(),
                c.tlsTimeout(),
                SHORT,
                c.connectionsPerOrigin(),
                c.waitingPerOrigin(),
                c.trust(),
                HTTP_2));
    try (FrameBackend backend =
        new FrameBackend(
            (connection, _) -> {
              connection.welcome();
              connection.status(END_STREAM, connection.next(HEADERS).stream(), 204).send();
              events.add("goodbye " + connection.next(GOAWAY).number(4));
              events.add("end " + connection.next());
            })) {
      assertThat(get(backend.origin(), "/").status()).isEqualTo(204);
      assertThat(event()).isEqualTo("goodbye " + NO_ERROR);
      assertThat(event()).isEqualTo("end null");
    }
  }

  @Test
  void leavesABackendThatSaysNothingAnyMore() throws Exception {
    configured(c -> c.with(new UpstreamHttp2(HTTP_2.limits(), Duration.ofSeconds(2))));
    try (FrameBackend backend =
        new FrameBackend(
            (connection, number) -> {
              connection.welcome();
              int stream = connection.next(HEADERS).stream();
              if (number == 1) {
                connection.next(PING);
                events.add("asked");
                events.add("end " + connection.next());
              } else {
                // One that answers PING may take as long as the call does.
                for (int i = 0; i < 3; i++) {
                  connection.frame(PING, ACK, 0, connection.next(PING).payload()).send();
                }
                answer(connection, stream, "hello");
                connection.send().next(GOAWAY);
              }
            })) {
      assertThat(failure(() -> get(backend.origin(), "/"))).isEqualTo(Reason.CONNECTION_LOST);
      assertThat(event()).isEqualTo("asked");
      assertThat(event()).isEqualTo("end null");
      assertThat(text(get(backend.origin(), "/"))).isEqualTo("hello");
    }
  }

  @Test
  void leavesABackendThatDoesNotGreet() throws Exception {
    configured(
        c ->
            new UpstreamConfig(
                    c.limits(),
                    c.connectTimeout(),
                    SECONDS,
                    c.idleTimeout(),
                    c.connectionsPerOrigin(),
                    c.waitingPerOrigin(),
                    c.trust(),
                    null)
                .with(HTTP_2));
    try (FrameBackend backend = new FrameBackend((connection, _) -> connection.next())) {
      assertThat(failure(() -> get(backend.origin(), "/"))).isEqualTo(Reason.CONNECTION_LOST);
    }
  }

  @Test
  void endsCallsUnderWayWhenItIsClosed() throws Exception {
    try (FrameBackend backend =
        new FrameBackend(
            (connection, _) -> {
              connection.welcome();
              connection.next(HEADERS);
              events.add("asked");
              connection.next();
            })) {
      CompletableFuture<String> call = async(backend.origin(), "/");
      assertThat(event()).isEqualTo("asked");

      transport.close();

      assertThat(outcome(call)).isEqualTo("CONNECTION_LOST");
    }
  }
}
