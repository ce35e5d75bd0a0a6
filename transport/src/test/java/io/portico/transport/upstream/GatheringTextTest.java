package io.portico.transport.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.BodyTooLargeException;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.http.Utf8;
import io.portico.transport.support.RawBackend;
import io.portico.transport.support.RawClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Content that is looked through while it arrives, and goes on uncopied where it is text. */
final class GatheringTextTest extends UpstreamCalls {
  private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  private static final String LONG_TEXT = "0123456789abcdef".repeat(16 * 1024);
  private static final int SHORT = 64 * 1024;
  private static final int ROUNDS = 300;

  @Test
  void toldFromBytesInWhateverPiecesItComes() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    BlockingQueue<List<byte[]>> answers = new LinkedBlockingQueue<>();
    try (RawBackend backend =
        new RawBackend(
            connection -> {
              while (!connection.head().isEmpty()) {
                connection.send(CHUNKED);
                for (byte[] piece : answers.remove()) {
                  connection.send(Integer.toHexString(piece.length) + "\r\n");
                  connection.send(piece);
                  connection.send("\r\n");
                }
                connection.send("0\r\n\r\n");
              }
            })) {
      for (int round = 0; round < ROUNDS; round++) {
        List<byte[]> pieces = pieces(random);
        byte[] whole = joined(pieces);
        answers.add(pieces);

        Body body = get(backend).body();

        if (body instanceof Body.Streamed stream) {
          int limit = whole.length + random.nextInt(-10, 10);
          Body gathered = stream.gatherText(limit, soon());
          String reason = "seed %d, round %d: %d bytes".formatted(seed, round, whole.length);
          boolean goesOn = whole.length > Math.min(limit, SHORT) && Utf8.isText(whole);
          assertThat(gathered instanceof Body.Streamed)
              .as(reason)
              .isEqualTo(goesOn || whole.length > limit);
          if (whole.length <= limit) {
            assertThat(gathered.length()).as(reason).isEqualTo(whole.length);
          }
          body = gathered;
        }
        assertThat(body.readAll(whole.length, soon())).as("seed " + seed).isEqualTo(whole);
      }
      assertThat(backend.connections()).isEqualTo(1);
    }
  }

  /** Short ones and long ones of text, cut anywhere, and now and then a byte that is none. */
  private static List<byte[]> pieces(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(1, 6); i > 0; i--) {
      int length = random.nextBoolean() ? random.nextInt(1, 20) : random.nextInt(1, 60_000);
      text.append((random.nextBoolean() ? "ü" : "a").repeat(length));
    }
    byte[] whole = text.toString().getBytes(StandardCharsets.UTF_8);
    if (random.nextInt(3) == 0) {
      whole[random.nextInt(whole.length)] = (byte) 0xff;
    }
    List<byte[]> pieces = new ArrayList<>();
    for (int begin = 0; begin < whole.length; ) {
      int most = random.nextBoolean() ? 20 : 100_000;
      int end = Math.min(whole.length, begin + random.nextInt(1, most));
      pieces.add(Arrays.copyOfRange(whole, begin, end));
      begin = end;
    }
    return pieces.size() > 1_000 ? List.of(whole) : pieces;
  }

  private static byte[] joined(List<byte[]> pieces) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    pieces.forEach(whole::writeBytes);
    return whole.toByteArray();
  }

  @Test
  void nothingIsNoStream() throws IOException {
    try (RawBackend backend =
        new RawBackend(
            connection -> {
              connection.head();
              connection.send("HTTP/1.1 200 OK\r\n\r\n");
            })) {
      Body body = get(backend).body();

      assertThat(body instanceof Body.Streamed stream ? stream.gatherText(10, soon()) : body)
          .isSameAs(Body.EMPTY);
    }
  }

  @Test
  void isLimitedBeforeItIsGathered() throws IOException {
    try (RawBackend backend = RawBackend.answering(CHUNKED + chunk(LONG_TEXT) + "0\r\n\r\n")) {
      Body.Streamed stream = (Body.Streamed) get(backend).body();
      stream.limitTo(LONG_TEXT.length() - 1);

      assertThatThrownBy(() -> stream.gatherText(1_000_000, soon()))
          .isInstanceOf(BodyTooLargeException.class);
    }
  }

  @Test
  void isGivenUpWhereItIsNotThereInTime() throws Exception {
    try (RawBackend backend = halfAnAnswer(new CountDownLatch(1))) {
      Body.Streamed stream = (Body.Streamed) get(backend).body();

      assertThatThrownBy(
              () ->
                  stream.gatherText(
                      1_000_000, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100)))
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void breaksOffWithItsConnection() throws Exception {
    CountDownLatch reset = new CountDownLatch(1);
    try (RawBackend backend = halfAnAnswer(reset)) {
      Body.Streamed stream = (Body.Streamed) get(backend).body();
      reset.countDown();

      assertThatThrownBy(() -> stream.gatherText(1_000_000, soon()))
          .isInstanceOf(UpstreamException.class);
    }
  }

  /** Text as it began, until it is reset. */
  private static RawBackend halfAnAnswer(CountDownLatch reset) throws IOException {
    return new RawBackend(
        connection -> {
          connection.head();
          connection.send(CHUNKED + chunk(LONG_TEXT) + chunk("short"));
          try {
            if (reset.await(20, TimeUnit.SECONDS)) {
              connection.reset();
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  @Test
  void canBeDiscardedOnceItIsThere() throws IOException {
    try (RawBackend backend = RawBackend.answering(CHUNKED + chunk(LONG_TEXT) + "0\r\n\r\n")) {
      Body.Streamed stream = (Body.Streamed) get(backend).body();
      assertThat(stream.gatherText(1_000_000, soon())).isSameAs(stream);

      stream.discard();

      assertThatThrownBy(() -> stream.readAll(1_000_000)).isInstanceOf(IllegalStateException.class);
    }
  }

  /** The buffers of the request's text are counted: see {@code LeakCheck}. */
  @Test
  void aRequestsTextMayBeOfNoUse() throws IOException {
    HttpHandler handler =
        request -> {
          try {
            Body body = request.body();
            assertThat(((Body.Streamed) body).gatherText(1_000_000, soon())).isSameAs(body);
            return new HttpResponse(200, Headers.empty(), Body.EMPTY);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    try (RawClient client = new RawClient(transport.listen(handler).address())) {
      String head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + LONG_TEXT.length();

      client.send(head + "\r\n\r\n" + LONG_TEXT);
      assertThat(client.answer().status()).isEqualTo(200);
      client.send(head + "\r\n\r\n" + LONG_TEXT);
      assertThat(client.answer().status()).isEqualTo(200);
    }
  }

  private static long soon() {
    return System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
  }

  private static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }
}
