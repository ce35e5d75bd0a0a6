package io.portico.transport.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.BodyTooLargeException;
import io.portico.gateway.http.UpstreamException;
import io.portico.transport.support.RawBackend;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Content that is gathered where it is short, and otherwise still all there. */
final class GatheringTest extends UpstreamCalls {
  private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  private static final int ROUNDS = 300;

  @Test
  void gathersWhatIsWithinTheLimitAndGivesBackWhatIsNot() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    BlockingQueue<List<String>> answers = new LinkedBlockingQueue<>();
    try (RawBackend backend =
        new RawBackend(
            connection -> {
              while (!connection.head().isEmpty()) {
                connection.send(CHUNKED);
                for (String piece : answers.remove()) {
                  connection.send(chunk(piece));
                }
                connection.send("0\r\n\r\n");
              }
            })) {
      for (int round = 0; round < ROUNDS; round++) {
        List<String> pieces = pieces(random);
        String whole = String.join("", pieces);
        answers.add(pieces);

        Body body = get(backend).body();

        if (body instanceof Body.Streamed stream) {
          int limit = random.nextInt(whole.length() + 10);
          Body first = stream.gather(limit, soon());
          assertThat(first instanceof Body.Streamed)
              .as("seed %d: %d bytes with a limit of %d are left", seed, whole.length(), limit)
              .isEqualTo(whole.length() > limit);
          if (first instanceof Body.Streamed longer && random.nextBoolean()) {
            first = longer.gather(whole.length(), soon());
            assertThat(first).as("seed " + seed).isNotInstanceOf(Body.Streamed.class);
          }
          body = first;
        }
        assertThat(new String(body.readAll(whole.length(), soon()), StandardCharsets.ISO_8859_1))
            .as("seed " + seed)
            .isEqualTo(whole);
      }
      assertThat(backend.connections()).isEqualTo(1);
    }
  }

  /** Short ones and some that are longer than what is kept for a taker who has not come yet. */
  private static List<String> pieces(Random random) {
    List<String> pieces = new ArrayList<>();
    for (int i = random.nextInt(1, 6); i > 0; i--) {
      int length = random.nextBoolean() ? random.nextInt(1, 20) : random.nextInt(1, 100_000);
      pieces.add(String.valueOf((char) ('a' + random.nextInt(26))).repeat(length));
    }
    return pieces;
  }

  @Test
  void countsFromTheFirstByteWhatIsTakenAfterwards() throws IOException {
    String piece = "x".repeat(100_000);
    try (RawBackend backend = RawBackend.answering(CHUNKED + chunk(piece) + "0\r\n\r\n")) {
      Body.Streamed stream = (Body.Streamed) get(backend).body();
      assertThat(stream.gather(10, soon())).isSameAs(stream);

      stream.limitTo(99_999);

      assertThatThrownBy(() -> stream.readAll(1_000_000)).isInstanceOf(BodyTooLargeException.class);
    }
  }

  @Test
  void tellsTheNextTakerThatTheRestWillNotCome() throws Exception {
    CountDownLatch gathered = new CountDownLatch(1);
    try (RawBackend backend =
        new RawBackend(
            connection -> {
              connection.head();
              connection.send(CHUNKED + chunk("x".repeat(100_000)));
              try {
                assertThat(gathered.await(20, TimeUnit.SECONDS)).isTrue();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              connection.reset();
            })) {
      Body.Streamed stream = (Body.Streamed) get(backend).body();
      assertThat(stream.gather(10, soon())).isSameAs(stream);

      gathered.countDown();

      assertThatThrownBy(() -> stream.readAll(1_000_000)).isInstanceOf(UpstreamException.class);
    }
  }

  @Test
  void whatWasGivenBackCanBeDiscarded() throws Exception {
    BlockingQueue<Integer> ends = new LinkedBlockingQueue<>();
    try (RawBackend backend =
        new RawBackend(
            connection -> {
              connection.head();
              connection.send(CHUNKED + chunk("x".repeat(100_000)));
              try {
                ends.add(connection.read());
              } catch (IOException e) {
                ends.add(-2);
              }
            })) {
      Body.Streamed stream = (Body.Streamed) get(backend).body();
      assertThat(stream.gather(10, soon())).isSameAs(stream);

      stream.discard();

      assertThat(ends.poll(20, TimeUnit.SECONDS)).as("the connection is closed").isNegative();
    }
  }

  private static long soon() {
    return System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
  }

  private static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }
}
