package io.portico.transport.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.http.Body;
import io.portico.transport.support.RawBackend;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who asks is told when content begins, once. */
final class ContentBeginningTest extends UpstreamCalls {
  private static final String HEAD = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  private static final String CHUNK = "5\r\nhello\r\n";
  private static final String END = "0\r\n\r\n";

  private final BlockingQueue<Long> told = new LinkedBlockingQueue<>();

  @Test
  void contentThatComesBehindTheHeadBeginsThen() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    BlockingQueue<Long> sent = new LinkedBlockingQueue<>();
    try (RawBackend backend =
        new RawBackend(
            connection -> {
              connection.head();
              connection.send(HEAD);
              await(asked);
              sent.add(System.nanoTime());
              connection.send(CHUNK);
              connection.send(CHUNK + END);
            })) {
      Body.Streamed stream = (Body.Streamed) get(backend).body();
      stream.whenBegun(told::add);
      asked.countDown();

      assertThat(text(stream)).isEqualTo("hellohello");

      assertThat(told.poll(20, TimeUnit.SECONDS)).isGreaterThanOrEqualTo(sent.take());
      assertThat(told).isEmpty();
    }
  }

  @Test
  void contentThatIsThereHasBegun() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (RawBackend backend =
        new RawBackend(
            connection -> {
              connection.head();
              connection.send(HEAD + CHUNK);
              await(asked);
              connection.send(CHUNK + END);
            })) {
      Body.Streamed stream = (Body.Streamed) get(backend).body();
      stream.whenBegun(told::add);

      assertThat(told.poll(20, TimeUnit.SECONDS)).isNotNull();
      asked.countDown();

      assertThat(text(stream)).isEqualTo("hellohello");
      assertThat(told).isEmpty();
    }
  }

  private static String text(Body body) throws Exception {
    return new String(body.readAll(100), StandardCharsets.ISO_8859_1);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
