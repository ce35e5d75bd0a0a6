package io.portico.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SerialGeneratorTest {
  private static final List<byte[]> REQUESTS =
      List.of("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
  private static final Duration LEAD = Duration.ofMillis(200);
  private static final Duration LENGTH = Duration.ofSeconds(1);

  @Test
  void callsBehindTheLeadAreTimed() throws Exception {
    try (SmallBackend backend = SmallBackend.start()) {
      Latencies latencies = SerialGenerator.run(backend.port(), REQUESTS, LEAD, LENGTH);

      assertThat(latencies.answers()).isGreaterThan(1);
      assertThat(latencies.failed()).isZero();
      // One at a time: half of them take at least as long as the median, and all fit in the window.
      assertThat(latencies.answers() / 2 * latencies.p50()).isLessThan(LENGTH.toNanos() * 2);
    }
  }

  @Test
  void refusalsAreFailures() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofPlatform().daemon().start(() -> refuse(listener));

      Latencies latencies =
          SerialGenerator.run(listener.getLocalPort(), REQUESTS, Duration.ZERO, LENGTH);

      assertThat(latencies.answers()).isZero();
      assertThat(latencies.failed()).isPositive();
    }
  }

  @Test
  void aConnectionThatEndsEndsTheRun() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofPlatform().daemon().start(() -> close(listener));

      assertThatThrownBy(
              () -> SerialGenerator.run(listener.getLocalPort(), REQUESTS, Duration.ZERO, LENGTH))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aLapOfTheLeadDoesNotCount() {
    Laps laps = new Laps(Duration.ofHours(1), Duration.ofHours(1));
    long now = System.nanoTime();

    laps.count(now, now + 5, true);
    laps.count(now, now + 5, false);
    long later = now + Duration.ofMinutes(90).toNanos();
    laps.count(later, later + 7, true);
    laps.count(later, later + 9, false);

    assertThat(laps.latencies()).isEqualTo(new Latencies(1, 1, 7, 7, 7));
    assertThat(laps.over(later)).isFalse();
    assertThat(laps.over(now + Duration.ofHours(3).toNanos())).isTrue();
  }

  private static void refuse(ServerSocket listener) {
    byte[] refusal =
        "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
    try (Socket socket = listener.accept()) {
      while (socket.getInputStream().readNBytes(REQUESTS.getFirst().length).length > 0) {
        socket.getOutputStream().write(refusal);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void close(ServerSocket listener) {
    try (Socket socket = listener.accept()) {
      socket.getInputStream().read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
