package io.portico.gateway.execute.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that ends while the rest of a batch is tried again leaves that rest, and no more. */
final class PartlyWrittenBacklogTest {
  private static final Waiting.Bounds<String> BOUNDS =
      new Waiting.Bounds<>(100, 1_000, String::length);
  private static final int MOST = 1 << 20;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Counter written = meters.counter("written");
  private final Counter dropped = meters.counter("dropped");
  private final List<List<String>> tried = new CopyOnWriteArrayList<>();

  @TempDir private Path folder;

  private Path path() {
    return folder.resolve("spilled");
  }

  /** A place that never takes what comes late. */
  private void put(List<String> batch) throws IOException {
    tried.add(batch);
    BitSet left = new BitSet();
    for (int i = 0; i < batch.size(); i++) {
      left.set(i, batch.get(i).startsWith("late"));
    }
    if (!left.isEmpty()) {
      throw new PartlyWrittenException("it is busy", null, 0, left);
    }
  }

  private SpillBacklog<String> spilling() throws IOException {
    return new SpillBacklog<>(
        "test",
        BOUNDS,
        new SpillFile(path(), MOST),
        new SpillBacklog.Form<>(line -> line, line -> line),
        dropped);
  }

  /** Writes until the rest has been tried again, and ends. */
  private void write(Backlog<String> backlog, String... items) {
    for (String item : items) {
      assertThat(backlog.offer(item)).isTrue();
    }
    try (BatchWriter<String> _ =
        BatchWriter.start(
            "test", this::put, backlog, new BatchWriter.Counts(written, dropped), true)) {
      long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
      while (tried.size() < 2) {
        assertThat(System.nanoTime()).isLessThan(deadline);
        Thread.onSpinWait();
      }
    }
  }

  private List<String> kept() throws IOException {
    try (SpillFile file = new SpillFile(path(), MOST)) {
      return file.next(100);
    }
  }

  @Test
  void ofWhatWasSpilledTheNextProcessFindsTheRest() throws IOException {
    try (SpillFile file = new SpillFile(path(), MOST)) {
      assertThat(file.add(List.of("one", "late 1", "two", "late 2"))).isEqualTo(4);
    }

    write(spilling());

    assertThat(tried.subList(0, 2))
        .containsExactly(List.of("one", "late 1", "two", "late 2"), List.of("late 1", "late 2"));
    assertThat(kept()).containsExactly("late 1", "late 2");
    assertThat(written.count()).isEqualTo(2);
  }

  @Test
  void ofWhatWaitedInMemoryTheNextProcessFindsTheRest() throws IOException {
    write(spilling(), "one", "late 1", "two");

    assertThat(kept()).containsExactly("late 1");
    assertThat(dropped.count()).isZero();
  }

  @Test
  void ofWhatWaitedInMemoryAloneTheRestIsLost() {
    write(new MemoryBacklog<>(BOUNDS), "one", "late 1", "two", "late 2");

    assertThat(written.count()).isEqualTo(2);
    assertThat(dropped.count()).isEqualTo(2);
  }

  @Test
  void whatIsWrittenMakesRoomThoughTheRestIsNot() {
    RoomBacklog<String> backlog = new RoomBacklog<>(3, Duration.ofMillis(1), item -> 0);
    for (String item : List.of("one", "late 1", "two")) {
      assertThat(backlog.offer(item)).isTrue();
    }
    assertThat(backlog.next(10)).hasSize(3);
    assertThat(backlog.offer("three")).isFalse();

    backlog.left(List.of("late 1"));

    assertThat(backlog.offer("three")).isTrue();
    assertThat(backlog.offer("four")).isTrue();
    assertThat(backlog.offer("five")).isFalse();
    assertThat(backlog.next(10)).containsExactly("late 1", "three", "four");
  }

  /** The place of the first line is written last. */
  @Test
  void theRestStandsInLinesOfItsOwnThoughTheProcessIsKilledMeanwhile() throws IOException {
    try (SpillFile file = new SpillFile(path(), MOST);
        RandomAccessFile bytes = new RandomAccessFile(path().toFile(), "rw")) {
      assertThat(file.add(List.of("late", "something longer"))).isEqualTo(2);
      long head = bytes.readLong();
      assertThat(file.next(100)).hasSize(2);

      file.keep(List.of("late"));

      bytes.seek(0);
      bytes.writeLong(head);
    }

    assertThat(kept()).containsExactly("late", "something l", "late");
  }

  @Test
  void aRestThatIsLongerThanWhatWasGivenIsNoneOfIt() throws IOException {
    try (SpillFile file = new SpillFile(path(), MOST)) {
      assertThat(file.add(List.of("a", "b"))).isEqualTo(2);
      assertThat(file.next(100)).containsExactly("a", "b");

      file.keep(List.of("something else"));

      assertThat(file.next(100)).containsExactly("a", "b");
    }
  }
}
