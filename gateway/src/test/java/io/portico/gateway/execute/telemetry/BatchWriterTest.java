package io.portico.gateway.execute.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class BatchWriterTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Counter written = meters.counter("written");
  private final Counter dropped = meters.counter("dropped");
  private final List<String> out = new ArrayList<>();

  @Test
  void whatIsTooHeavyTogetherIsDroppedAndCounted() throws InterruptedException {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    BatchWriter.Batches<String> stuck =
        batch -> {
          reached.countDown();
          await(released);
          out.addAll(batch);
        };

    try (BatchWriter<String> writer = start(stuck, 100, 10)) {
      writer.offer("1234");
      assertThat(reached.await(10, TimeUnit.SECONDS)).isTrue();
      writer.offer("12345");
      writer.offer("67");
      writer.offer("6");
      writer.offer("1");
      released.countDown();
    }

    assertThat(out).containsExactly("1234", "12345", "6");
    assertThat(written.count()).isEqualTo(3);
    assertThat(dropped.count()).isEqualTo(2);
  }

  @Test
  void whatIsHeavyLeavesRoomOnceItIsWritten() {
    try (BatchWriter<String> writer = start(out::addAll, 100, 10)) {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      for (int i = 0; i < 3; i++) {
        writer.offer("1234567890");
        int wanted = i + 1;
        while (written.count() < wanted && System.nanoTime() < deadline) {
          Thread.onSpinWait();
        }
      }
    }

    assertThat(out).hasSize(3);
    assertThat(dropped.count()).isZero();
  }

  private BatchWriter<String> start(
      BatchWriter.Batches<String> batches, int most, long mostWeight) {
    return BatchWriter.start(
        "test",
        batches,
        new MemoryBacklog<>(most, mostWeight, String::length),
        new BatchWriter.Counts(written, dropped),
        false);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
