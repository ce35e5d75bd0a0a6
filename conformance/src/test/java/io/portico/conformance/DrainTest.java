package io.portico.conformance;

import static io.portico.conformance.SmallApi.STAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.JavaSdk;
import io.portico.conformance.server.PorticoProcess;
import io.portico.conformance.wire.Backend;
import io.portico.conformance.wire.Backend.Answer;
import io.portico.conformance.wire.Caller;
import io.portico.conformance.wire.ListeningPort;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** SIGTERM ends the server after the requests that are under way, and lets no new one in. */
final class DrainTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Test
  void aRequestUnderWayIsAnswered() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (Backend backend = Backend.answering(request -> afterRelease(release));
        PorticoProcess server =
            PorticoProcess.start(
                Map.of("PORTICO_DRAIN_TIMEOUT", "60s"), "serve", "--ephemeral", "--port", "0");
        JavaSdk sdk = JavaSdk.of(server.endpoint())) {
      String api = SmallApi.build(sdk, backend.address()).deploy().id();
      CompletableFuture<HttpResponse<String>> call =
          CompletableFuture.supplyAsync(
              () -> Caller.get(server.endpoint().pathForm(api, STAGE, "/backend/slow")));
      backend.taken();

      server.terminate();
      ListeningPort.awaitRefusal(server.endpoint().port());
      release.countDown();

      assertThat(call.get(LIMIT.toSeconds(), TimeUnit.SECONDS).body()).isEqualTo("[\"late\"]");
      assertThat(server.awaitExit()).isIn(0, 143);
    }
  }

  private static Answer afterRelease(CountDownLatch release) {
    try {
      if (!release.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("the test never released the backend");
      }
      return Answer.ok("[\"late\"]");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while holding an answer back", e);
    }
  }
}
