package io.portico.conformance;

import static io.portico.conformance.SmallApi.STAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.JavaSdk;
import io.portico.conformance.server.PorticoProcess;
import io.portico.conformance.wire.Backend;
import io.portico.conformance.wire.Backend.Answer;
import io.portico.conformance.wire.Caller;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
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
        PorticoProcess server = PorticoProcess.ephemeral();
        JavaSdk sdk = JavaSdk.of(server.endpoint())) {
      String api = SmallApi.build(sdk, backend.address()).deploy().id();
      CompletableFuture<HttpResponse<String>> call =
          CompletableFuture.supplyAsync(
              () -> Caller.get(server.endpoint().pathForm(api, STAGE, "/backend/slow")));
      backend.taken();

      server.terminate();
      awaitRefusal(server.endpoint().port());
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

  /** Waits until the port takes no new connection. */
  private static void awaitRefusal(int port) {
    Instant deadline = Instant.now().plus(LIMIT);
    while (!refuses(port)) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError("the server still takes connections after SIGTERM");
      }
    }
  }

  /** Whether a new connection is refused, or closed as soon as it is there. */
  private static boolean refuses(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(100);
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
