package io.portico.transport.listener;

import static io.portico.transport.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.http.HttpHandler;
import io.portico.transport.support.Answers;
import io.portico.transport.support.Interruption;
import io.portico.transport.support.RawClient;
import io.portico.transport.support.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Ending in good order. */
final class DrainTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @Test
  void answersWhatIsUnderWayAndClosesTheRest() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    HttpHandler handler =
        request -> {
          if (request.target().equals("/slow")) {
            started.countDown();
            await(goOn);
          }
          return Answers.text("done");
        };
    try (Transport transport = new Transport()) {
      HttpListener listener = transport.listen(handler);
      try (RawClient idle = new RawClient(listener.address());
          RawClient busy = new RawClient(listener.address())) {
        idle.get("/");
        busy.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
        await(started);

        CompletableFuture<Boolean> drained =
            CompletableFuture.supplyAsync(() -> listener.drain(LONG));
        assertThat(idle.rest()).isEmpty();
        assertThatThrownBy(() -> new RawClient(listener.address())).isInstanceOf(IOException.class);
        assertThat(drained).isNotDone();
        goOn.countDown();

        RawClient.Answer answer = busy.answer();
        assertThat(answer.body()).isEqualTo("done");
        assertThat(answer.field("Connection")).isEqualTo("close");
        assertThat(busy.rest()).isEmpty();
        busy.endOutput();
        assertThat(drained.get(20, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  @Test
  void interruptsWhatIsLeftAtTheDeadline() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    BlockingQueue<String> events = new LinkedBlockingQueue<>();
    HttpHandler handler =
        _ -> {
          started.countDown();
          events.add(Interruption.awaited() ? "interrupted" : "never interrupted");
          return Answers.text("late");
        };
    try (Transport transport = new Transport()) {
      HttpListener listener = transport.listen(handler);
      try (RawClient client = new RawClient(listener.address())) {
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        await(started);

        boolean inTime = listener.drain(Duration.ofMillis(50));

        assertThat(inTime).isFalse();
        assertThat(events.poll(20, TimeUnit.SECONDS)).isEqualTo("interrupted");
        eventually("no connection is left", () -> listener.connections() == 0);
      }
    }
  }

  @Test
  void answersThatAreStillOnTheirWayOutArriveWhole() throws Exception {
    byte[] body = new byte[10_000];
    CountDownLatch some = new CountDownLatch(10);
    try (Transport transport = new Transport(Transport.Mode.BEST, 1, config -> config)) {
      HttpListener listener =
          transport.listen(
              _ -> {
                some.countDown();
                return Answers.bytes(body);
              });
      try (RawClient client = new RawClient(listener.address(), 4096)) {
        // More than the system holds for a client that does not read.
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(1500));
        await(some);

        CompletableFuture<Boolean> drained =
            CompletableFuture.supplyAsync(() -> listener.drain(LONG));
        eventually("the listener drains", listener::isDraining);
        transport.loops().all().getFirst().eventLoop().submit(() -> {}).sync();

        RawClient.Answer answer = client.answer();
        while (!"close".equals(answer.field("Connection"))) {
          assertThat(answer.body()).hasSize(body.length);
          answer = client.answer();
        }
        assertThat(answer.body()).hasSize(body.length);
        assertThat(client.rest()).isEmpty();
        client.endOutput();
        assertThat(drained.get(20, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
