package io.portico.gateway.execute.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamRequest.Origin;
import io.portico.gateway.http.UpstreamResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a target is healthy. */
final class TargetHealthTest {
  private static final Origin TARGET = new Origin(false, "a.test", 9001, true);
  private static final Duration SOON = Duration.ofMillis(1);

  /**
   * What is known before each look.
   *
   * @param looks what they find, a plus or a minus each; then the one that looks waits until it is
   *     stopped
   */
  private static List<Boolean> known(int healthy, int unhealthy, String looks) throws Exception {
    Iterator<Integer> found = looks.chars().iterator();
    List<Boolean> known = new CopyOnWriteArrayList<>();
    CountDownLatch done = new CountDownLatch(1);
    AtomicReference<TargetHealth> own = new AtomicReference<>();
    TargetProbe probe =
        target -> {
          known.add(own.get().isHealthy(TARGET));
          if (!found.hasNext()) {
            done.countDown();
            waitUntilInterrupted();
          } else if (found.next() == '-') {
            throw new IOException("ill");
          }
        };
    try (TargetHealth health =
        new TargetHealth(new TargetHealth.Rules(SOON, healthy, unhealthy), probe)) {
      own.set(health);
      health.watch(Set.of(TARGET));
      assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    }
    return known;
  }

  private static void waitUntilInterrupted() throws IOException {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2, 2, +-, true",
    "2, 2, +--, false",
    "2, 2, -+-, true",
    "2, 2, --+, false",
    "2, 2, --+-+, false",
    "2, 2, --++, true",
    "1, 1, -, false",
    "1, 1, -+, true",
    "3, 2, --++, false",
    "2, 3, --, true"
  })
  void looksInARowDecide(int healthy, int unhealthy, String looks, boolean expected)
      throws Exception {
    assertThat(known(healthy, unhealthy, looks))
        .hasSize(looks.length() + 1)
        .startsWith(true)
        .endsWith(expected);
  }

  @Test
  void aLookThatBreaksIsOneThatFailed() throws Exception {
    CountDownLatch unhealthy = new CountDownLatch(1);
    try (TargetHealth health =
        new TargetHealth(
            new TargetHealth.Rules(SOON, 2, 2),
            target -> {
              throw new IllegalStateException("a bug");
            })) {
      health.onChange(unhealthy::countDown);
      health.watch(Set.of(TARGET));

      assertThat(unhealthy.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(health.isHealthy(TARGET)).isFalse();
    }
  }

  @Test
  void closingEndsALookUnderWay() throws Exception {
    CountDownLatch looking = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    TargetHealth health =
        new TargetHealth(
            new TargetHealth.Rules(SOON, 2, 2),
            target -> {
              looking.countDown();
              try {
                waitUntilInterrupted();
              } finally {
                ended.set(true);
              }
            });
    health.watch(Set.of(TARGET));
    assertThat(looking.await(30, TimeUnit.SECONDS)).isTrue();

    health.close();

    assertThat(ended).isTrue();
    assertThat(health.isHealthy(TARGET)).isTrue();
  }

  @Test
  void aConnectionIsEnough() throws Exception {
    TargetProbe probe = TargetProbe.connecting(Duration.ofSeconds(20));
    int port;
    try (ServerSocket listener = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
      port = listener.getLocalPort();
      probe.check(new Origin(false, "127.0.0.1", port, true));
      probe.check(new Origin(true, "localhost", port, true));
    }
    assertThatThrownBy(() -> probe.check(new Origin(false, "127.0.0.1", port, true)))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> probe.check(new Origin(false, "no-such-host.invalid", port, true)))
        .isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @CsvSource({"199, false", "200, true", "302, true", "399, true", "400, false", "503, false"})
  void anAnswerUpTo399IsHealthy(int status, boolean healthy) throws Exception {
    List<UpstreamRequest> sent = new ArrayList<>();
    TargetProbe probe =
        TargetProbe.asking(
            request -> {
              sent.add(request);
              return new UpstreamResponse(status, Headers.empty(), Body.EMPTY);
            },
            "/health?deep=1",
            Duration.ofSeconds(3));

    if (healthy) {
      probe.check(TARGET);
    } else {
      assertThatThrownBy(() -> probe.check(TARGET))
          .hasMessage("GET /health?deep=1 is answered " + status);
    }
    assertThat(sent)
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.method() + " " + request.target()).isEqualTo("GET /health?deep=1");
              assertThat(request.origin()).isEqualTo(TARGET);
              assertThat(request.timeout()).isEqualTo(Duration.ofSeconds(3));
            });
  }
}
