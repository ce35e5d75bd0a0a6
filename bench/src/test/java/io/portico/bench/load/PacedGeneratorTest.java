package io.portico.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.bench.process.BenchFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

final class PacedGeneratorTest {
  private static final List<byte[]> REQUESTS =
      List.of("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));

  @Test
  void everyRequestBehindTheLeadIsCounted() throws Exception {
    try (SmallBackend backend = SmallBackend.start()) {
      Latencies latencies = PacedGenerator.run(backend.port(), REQUESTS, 4, 2000, 100, 300);

      assertThat(latencies.answers()).isEqualTo(300);
      assertThat(latencies.failed()).isZero();
      assertThat(latencies.p50()).isPositive().isLessThanOrEqualTo(latencies.p99());
    }
  }

  @Test
  void whatAStallHoldsBackCounts() throws Exception {
    Duration stall = Duration.ofMillis(300);
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofPlatform().daemon().start(() -> answerAfter(stall, listener));

      Latencies latencies = PacedGenerator.run(listener.getLocalPort(), REQUESTS, 1, 1000, 0, 200);

      // The gateway is slow once, but of all that were due in those 300 ms none could be sent: even
      // the last has 100 ms of them in its latency.
      assertThat(latencies.answers()).isEqualTo(200);
      assertThat(Duration.ofNanos(latencies.p50())).isGreaterThan(stall.minusMillis(200));
    }
  }

  @Test
  void requestsWithoutAnswerAreFailures() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofPlatform().daemon().start(() -> closeOne(listener));

      Latencies latencies = PacedGenerator.run(listener.getLocalPort(), REQUESTS, 1, 1000, 0, 5);

      assertThat(latencies.answers()).isZero();
      assertThat(latencies.failed()).isEqualTo(5);
    }
  }

  @Test
  void quantilesAreOfWhatWasCounted() {
    long[] nanos = new long[2000];
    for (int i = 0; i < 1000; i++) {
      nanos[i] = 1000L - i;
    }

    assertThat(Latencies.of(nanos, 1000, 2)).isEqualTo(new Latencies(1000, 2, 500, 990, 999));
  }

  @Test
  void outputWithoutLatenciesIsAFailure() {
    assertThat(PacedLoad.latencies(List.of("noise", "5 0 1 2 3")))
        .isEqualTo(new Latencies(5, 0, 1, 2, 3));
    assertThatThrownBy(() -> PacedLoad.latencies(List.of("5 0"))).isInstanceOf(BenchFailure.class);
  }

  /** Answers every request of one connection, the first after a while. */
  private static void answerAfter(Duration stall, ServerSocket listener) {
    byte[] answer =
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
    try (Socket socket = listener.accept()) {
      InputStream requests = socket.getInputStream();
      boolean first = true;
      while (requests.readNBytes(REQUESTS.getFirst().length).length > 0) {
        if (first) {
          stall(stall);
          first = false;
        }
        socket.getOutputStream().write(answer);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void stall(Duration length) {
    long end = System.nanoTime() + length.toNanos();
    for (long left = length.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static void closeOne(ServerSocket listener) {
    try (Socket socket = listener.accept()) {
      socket.getInputStream().read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
