package io.portico.gateway.execute.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class BatchWriterTest {
  private static final Waiting.Bounds<String> BOUNDS =
      new Waiting.Bounds<>(100, 1_000, String::length);

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
    Waiting.Bounds<String> bounds = new Waiting.Bounds<>(100, 10, String::length);
    MemoryBacklog<String> backlog = new MemoryBacklog<>(bounds);
    try (BatchWriter<String> writer = start(out::addAll, backlog)) {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      for (int i = 0; i < 3; i++) {
        writer.offer("1234567890");
        // What it has counted takes room until the batch is done with.
        while (!backlog.isEmpty() && System.nanoTime() < deadline) {
          Thread.onSpinWait();
        }
      }
    }

    assertThat(out).hasSize(3);
    assertThat(dropped.count()).isZero();
  }

  @Test
  void aMistakeOfThePlaceLosesItsBatchOnlyEvenWhereBatchesAreTriedAgain() {
    BatchWriter.Batches<String> mistaken =
        batch -> {
          if (batch.contains("bad")) {
            throw new IllegalStateException("no such thing");
          }
          out.addAll(batch);
        };

    try (BatchWriter<String> writer =
        BatchWriter.start(
            "test",
            mistaken,
            new MemoryBacklog<>(BOUNDS),
            new BatchWriter.Counts(written, dropped),
            true)) {
      writer.offer("bad");
      awaitCount(dropped, 1);
      writer.offer("good");
    }

    assertThat(out).containsExactly("good");
    assertThat(dropped.count()).isEqualTo(1);
  }

  @Test
  void whatIsLeftOfABatchIsTriedAgainAndWhatIsRefusedIsNot() {
    List<List<String>> tried = new CopyOnWriteArrayList<>();
    BatchWriter.Batches<String> partly =
        batch -> {
          tried.add(batch);
          if (tried.size() == 1) {
            BitSet left = new BitSet();
            left.set(batch.indexOf("later"));
            throw new PartlyWrittenException("no such place", null, 1, left);
          }
        };

    MemoryBacklog<String> backlog = new MemoryBacklog<>(BOUNDS);
    List.of("good", "refused", "later").forEach(backlog::offer);
    try (BatchWriter<String> _ =
        BatchWriter.start(
            "test", partly, backlog, new BatchWriter.Counts(written, dropped), true)) {
      awaitCount(written, 2);
    }

    assertThat(tried).containsExactly(List.of("good", "refused", "later"), List.of("later"));
    assertThat(List.of(written.count(), dropped.count())).containsExactly(2.0, 1.0);
  }

  @Test
  void aMistakeOfTheBacklogDoesNotEndTheWriter() {
    MemoryBacklog<String> memory = new MemoryBacklog<>(BOUNDS);
    AtomicBoolean mistaken = new AtomicBoolean(true);
    Backlog<String> backlog =
        new Backlog<>() {
          @Override
          public boolean offer(String item) {
            return memory.offer(item);
          }

          @Override
          public void await(long millis) {
            memory.await(millis);
          }

          @Override
          public void gather(long enough, long millis) {
            memory.gather(enough, millis);
          }

          @Override
          public List<String> next(int most) {
            if (mistaken.getAndSet(false)) {
              throw new IllegalStateException("half a line");
            }
            return memory.next(most);
          }

          @Override
          public void done() {
            memory.done();
          }

          @Override
          public void left(List<String> items) {
            memory.left(items);
          }

          @Override
          public boolean isEmpty() {
            return memory.isEmpty();
          }

          @Override
          public int close() {
            return memory.close();
          }
        };

    try (BatchWriter<String> writer =
        BatchWriter.start(
            "test", out::addAll, backlog, new BatchWriter.Counts(written, dropped), false)) {
      writer.offer("good");
      awaitCount(written, 1);
    }

    assertThat(out).containsExactly("good");
  }

  @Test
  void aBatchWaitsUntilItIsHeavyEnough() {
    List<List<String>> batches = new CopyOnWriteArrayList<>();
    BatchWriter.Gathering gathering = new BatchWriter.Gathering(10, Duration.ofMinutes(10));
    try (BatchWriter<String> writer =
        BatchWriter.start(
            "test",
            batches::add,
            new MemoryBacklog<>(BOUNDS),
            new BatchWriter.Counts(written, dropped),
            false,
            gathering)) {
      writer.offer("1234");
      writer.offer("5678");
      writer.offer("90");
      awaitCount(written, 3);
      writer.offer("last");
    }

    assertThat(batches).containsExactly(List.of("1234", "5678", "90"), List.of("last"));
  }

  private static void awaitCount(Counter counter, int wanted) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (counter.count() < wanted) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private BatchWriter<String> start(
      BatchWriter.Batches<String> batches, int most, long mostWeight) {
    return start(
        batches, new MemoryBacklog<>(new Waiting.Bounds<>(most, mostWeight, String::length)));
  }

  private BatchWriter<String> start(BatchWriter.Batches<String> batches, Backlog<String> backlog) {
    return BatchWriter.start(
        "test", batches, backlog, new BatchWriter.Counts(written, dropped), false);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
