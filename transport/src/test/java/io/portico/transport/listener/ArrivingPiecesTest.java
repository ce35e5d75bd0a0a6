package io.portico.transport.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.transport.support.Answers;
import io.portico.transport.support.RawClient;
import io.portico.transport.support.Stall;
import io.portico.transport.support.Transport;
import io.portico.transport.support.Transport.Mode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests whose content is read as it arrives, and the fields behind it. */
final class ArrivingPiecesTest {
  private static final String CHUNKED =
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  private static final int PIECE = 64 * 1024;
  private static final int PIECES = 1600;
  private static final long MOST_UNDER_WAY = 40_000_000;

  static List<Mode> modes() {
    return Mode.all();
  }

  private static Transport transport(Mode mode) {
    return new Transport(mode, 2, config -> config);
  }

  private static InputStream open(HttpRequest request) {
    return ((Body.Streamed) request.body()).open();
  }

  private static @Nullable String next(BlockingQueue<String> events) throws InterruptedException {
    return events.poll(20, TimeUnit.SECONDS);
  }

  private interface Reading {
    HttpResponse read(HttpRequest request) throws IOException;
  }

  private static HttpHandler reading(Reading reading) {
    return request -> {
      try {
        return reading.read(request);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  @ParameterizedTest
  @MethodSource("modes")
  void aReadTakesWhatIsThere(Mode mode) throws Exception {
    BlockingQueue<String> pieces = new LinkedBlockingQueue<>();
    HttpHandler handler =
        reading(
            request -> {
              byte[] buffer = new byte[100];
              try (InputStream content = open(request)) {
                for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                  pieces.add(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
                }
              }
              return Answers.text("read");
            });
    try (Transport transport = transport(mode);
        RawClient client = new RawClient(transport.listen(handler).address())) {
      client.send(CHUNKED + "5\r\nfirst\r\n");
      assertThat(next(pieces)).isEqualTo("first");

      client.send("6\r\nsecond\r\n");
      assertThat(next(pieces)).isEqualTo("second");

      client.send("0\r\n\r\n");
      assertThat(client.answer().body()).isEqualTo("read");
    }
  }

  @ParameterizedTest
  @MethodSource("modes")
  void theClientWaitsForWhoDoesNotRead(Mode mode) throws Exception {
    CountDownLatch begin = new CountDownLatch(1);
    AtomicLong sent = new AtomicLong();
    HttpHandler handler =
        reading(
            request -> {
              long total = 0;
              try (InputStream content = open(request)) {
                total += content.readNBytes(1).length;
                if (!awaited(begin)) {
                  throw new IOException("never begun");
                }
                byte[] buffer = new byte[10_000];
                for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                  total += count;
                }
              }
              return Answers.text("" + total);
            });
    try (Transport transport = transport(mode);
        RawClient client = new RawClient(transport.listen(handler).address())) {
      Thread sender =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      client.send(
                          "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n"
                              .formatted((long) PIECE * PIECES));
                      for (int i = 0; i < PIECES; i++) {
                        client.send(new byte[PIECE]);
                        sent.addAndGet(PIECE);
                      }
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  });
      assertThat(Stall.of(sent)).isLessThan(MOST_UNDER_WAY);

      begin.countDown();

      assertThat(client.answer().body()).isEqualTo("" + (long) PIECE * PIECES);
      sender.join();
    }
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      return latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Test
  void aClientThatGoesEndsTheReading() throws Exception {
    BlockingQueue<String> events = new LinkedBlockingQueue<>();
    HttpHandler handler =
        reading(
            request -> {
              try (InputStream content = open(request)) {
                events.add(new String(content.readNBytes(5), StandardCharsets.ISO_8859_1));
                events.add("" + content.read());
              } catch (IOException e) {
                events.add("failed");
              }
              return Answers.text("late");
            });
    try (Transport transport = transport(Mode.BEST);
        RawClient client = new RawClient(transport.listen(handler).address())) {
      client.send(CHUNKED + "5\r\nfirst\r\n");
      assertThat(next(events)).isEqualTo("first");

      client.reset();

      assertThat(next(events)).isEqualTo("failed");
    }
  }

  @Test
  void whoClosesItEarlyGivesTheRestUp() throws Exception {
    HttpHandler handler =
        reading(
            request -> {
              try (InputStream content = open(request)) {
                return Answers.text("" + (char) content.read());
              }
            });
    try (Transport transport = transport(Mode.BEST);
        RawClient client = new RawClient(transport.listen(handler).address())) {
      client.send(CHUNKED + "5\r\nfirst\r\n");

      assertThat(client.answer().body()).isEqualTo("f");
      assertThat(client.rest()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("modes")
  void theFieldsBehindTheContentAreThereOnceItIsRead(Mode mode) throws Exception {
    HttpHandler handler =
        reading(
            request -> {
              if (!(request.body() instanceof Body.Streamed body)) {
                return Answers.text("nothing behind it");
              }
              String content =
                  request.rawPath().equals("/whole")
                      ? new String(body.readAll(100), StandardCharsets.ISO_8859_1)
                      : new String(open(request).readAllBytes(), StandardCharsets.ISO_8859_1);
              return Answers.text(content + " " + body.trailers().first("x-end"));
            });
    try (Transport transport = transport(mode);
        RawClient client = new RawClient(transport.listen(handler).address())) {
      // At once, and after the head.
      for (String path : List.of("/whole", "/pieces")) {
        String head = CHUNKED.replace("POST /", "POST " + path);
        client.send(head + "5\r\nfirst\r\n0\r\nX-End: all\r\n\r\n");
        assertThat(client.answer().body()).isEqualTo("first all");

        client.send(head);
        client.send("5\r\nfirst\r\n0\r\nX-End: a");
        client.send("ll\r\n\r\n");
        assertThat(client.answer().body()).isEqualTo("first all");
      }
      client.send(CHUNKED + "5\r\nfirst\r\n0\r\n\r\n");
      assertThat(client.answer().body()).isEqualTo("nothing behind it");
    }
  }
}
