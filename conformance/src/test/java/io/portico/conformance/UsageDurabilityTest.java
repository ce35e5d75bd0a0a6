package io.portico.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.MeteredApi.ApiKey;
import io.portico.conformance.MeteredApi.Usage;
import io.portico.conformance.client.JavaSdk;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.PorticoProcess;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a quota has counted stays counted, however the server ends. */
final class UsageDurabilityTest {
  private static final int LIMIT = 2_000;

  /** A hundredth of the limit, as docs/usage-plans.md has it. */
  private static final int BLOCK = 20;

  private static final int CALLERS = 4;
  private static final int KILLS = 3;

  @TempDir Path data;

  @Test
  void killsUnderLoadAdmitNoMoreThanTheQuotaAndLoseNoMoreThanABlockEach()
      throws InterruptedException {
    int admitted = 0;
    ApiKey key;
    MeteredApi api;
    try (PorticoProcess server = PorticoProcess.durable(data);
        JavaSdk sdk = JavaSdk.of(server.endpoint())) {
      api = MeteredApi.build(sdk, Map.of("quota", Map.of("limit", LIMIT, "period", "MONTH")));
      key = api.key(sdk);
      admitted += admittedUntilKilled(server, api, key);
    }
    for (int kill = 1; kill < KILLS; kill++) {
      try (PorticoProcess server = PorticoProcess.durable(data)) {
        admitted += admittedUntilKilled(server, api, key);
      }
    }

    Usage atTheEnd;
    try (PorticoProcess server = PorticoProcess.durable(data);
        JavaSdk sdk = JavaSdk.of(server.endpoint())) {
      while (api.call(server.endpoint(), key).statusCode() == 200) {
        admitted++;
      }
      atTheEnd = api.usage(sdk, key);
    }

    // A call that was admitted and got no answer counts, and so does what was left of a block.
    assertThat(admitted).isBetween(LIMIT - KILLS * (BLOCK + CALLERS), LIMIT);
    assertThat(atTheEnd).isEqualTo(new Usage(LIMIT, 0));
  }

  @Test
  void anOrderlyEndLosesNothing() {
    ApiKey key;
    MeteredApi api;
    Usage before;
    try (PorticoProcess server = PorticoProcess.durable(data);
        JavaSdk sdk = JavaSdk.of(server.endpoint())) {
      api = MeteredApi.build(sdk, Map.of("quota", Map.of("limit", LIMIT, "period", "MONTH")));
      key = api.key(sdk);
      api.call(server.endpoint(), key, 33);
      before = api.usage(sdk, key);
      server.terminate();
      assertThat(server.awaitExit()).isIn(0, 143);
    }

    try (PorticoProcess server = PorticoProcess.durable(data);
        JavaSdk sdk = JavaSdk.of(server.endpoint())) {
      assertThat(before).isEqualTo(new Usage(33, LIMIT - 33));
      assertThat(api.usage(sdk, key)).isEqualTo(before);
      assertThat(api.call(server.endpoint(), key).statusCode()).isEqualTo(200);
      assertThat(api.usage(sdk, key)).isEqualTo(new Usage(34, LIMIT - 34));
    }
  }

  /** Calls from several threads, and kills the server among the calls; how many were answered. */
  private static int admittedUntilKilled(PorticoProcess server, MeteredApi api, ApiKey key)
      throws InterruptedException {
    AtomicInteger admitted = new AtomicInteger();
    CountDownLatch enough = new CountDownLatch(150);
    Endpoint endpoint = server.endpoint();
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      callers.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (isAdmitted(endpoint, api, key)) {
                      admitted.incrementAndGet();
                      enough.countDown();
                    }
                  }));
    }
    assertThat(enough.await(60, TimeUnit.SECONDS)).isTrue();
    server.kill();
    for (Thread caller : callers) {
      caller.join();
    }
    return admitted.get();
  }

  /** Whether a call was answered as the backend does; none is once the server is gone. */
  private static boolean isAdmitted(Endpoint endpoint, MeteredApi api, ApiKey key) {
    try {
      return api.call(endpoint, key).statusCode() == 200;
    } catch (UncheckedIOException gone) {
      return false;
    }
  }
}
