package io.portico.gateway.execute.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.portico.gateway.execute.telemetry.AccessLogWriter.WhenFull;
import io.portico.gateway.snapshot.LogDestination;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of lines where their place takes none for a while. */
final class AccessLogPoliciesTest {
  private static final String GROUP = "arn:aws:logs:us-east-1:000000000000:log-group:access";

  @TempDir private Path folder;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<AccessLine> written = new CopyOnWriteArrayList<>();
  private volatile boolean down;

  /** A place that is down or takes everything. */
  private void write(List<AccessLine> lines) throws IOException {
    if (down) {
      throw new IOException("it is down");
    }
    written.addAll(lines);
  }

  private AccessLogWriter start(WhenFull whenFull, int most) throws IOException {
    return AccessLogWriter.start("place", this::write, whenFull, meters, most);
  }

  private static AccessLine line(int number) {
    return new AccessLine("line " + number, LogDestination.of(GROUP), number % 2 == 0, number);
  }

  private static List<AccessLine> lines(int count) {
    return IntStream.range(0, count).mapToObj(AccessLogPoliciesTest::line).toList();
  }

  private double dropped() {
    return meters.get("portico.accesslog.dropped").tag("sink", "place").counter().count();
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @Test
  void aCallWaitsForAPlaceUntilLinesAreWritten() throws Exception {
    down = true;
    try (AccessLogWriter writer = start(new WhenFull.Block(Duration.ofSeconds(30)), 2)) {
      assertThat(List.of(writer.reserve(), writer.reserve())).containsOnly(true);
      writer.acceptReserved(line(0));
      writer.acceptReserved(line(1));
      CountDownLatch admitted = new CountDownLatch(1);
      Thread call =
          Thread.ofVirtual()
              .start(
                  () -> {
                    assertThat(writer.reserve()).isTrue();
                    admitted.countDown();
                  });
      await(() -> call.getState() == Thread.State.TIMED_WAITING);

      down = false;

      assertThat(admitted.await(30, TimeUnit.SECONDS)).isTrue();
      writer.acceptReserved(line(2));
    }

    assertThat(written).containsExactlyElementsOf(lines(3));
    assertThat(dropped()).isZero();
  }

  @Test
  void whoeverHasWaitedLongEnoughGoesOnAndItsLineIsCounted() throws IOException {
    try (AccessLogWriter writer = start(new WhenFull.Block(Duration.ofMillis(1)), 1)) {
      assertThat(writer.reserve()).isTrue();

      assertThat(writer.reserve()).isFalse();
      writer.accept(line(1));
      writer.acceptReserved(line(0));
    }

    assertThat(written).containsExactly(line(0));
    assertThat(dropped()).isEqualTo(1);
  }

  @Test
  void whatDoesNotFitIsSpilledAndWrittenInItsOrder() throws IOException {
    down = true;
    try (AccessLogWriter writer = start(new WhenFull.Spill(folder, 1_000_000), 50)) {
      for (AccessLine line : lines(60)) {
        writer.accept(line);
      }
      await(() -> folder.resolve("place.lines").toFile().length() > 8);
      down = false;
      await(() -> written.size() == 60);
      writer.accept(line(60));
      await(() -> written.size() == 61);
    }

    assertThat(written).containsExactlyElementsOf(lines(61));
    assertThat(dropped()).isZero();
  }

  @Test
  void whatIsSpilledWhenAProcessEndsIsWrittenByTheNext() throws IOException {
    down = true;
    try (AccessLogWriter writer = start(new WhenFull.Spill(folder, 1_000_000), 10)) {
      lines(15).forEach(writer::accept);
    }
    assertThat(written).isEmpty();

    down = false;
    try (AccessLogWriter _ = start(new WhenFull.Spill(folder, 1_000_000), 10)) {
      await(() -> written.size() == 15);
    }

    assertThat(written).containsExactlyInAnyOrderElementsOf(lines(15));
    assertThat(dropped()).isZero();
  }

  @Test
  void whatTheFileHasNoRoomForIsDroppedAndCounted() throws IOException {
    down = true;
    try (AccessLogWriter writer = start(new WhenFull.Spill(folder, 100), 5)) {
      lines(10).forEach(writer::accept);
      await(() -> dropped() > 0);
    }

    double before = dropped();
    down = false;
    try (AccessLogWriter _ = start(new WhenFull.Spill(folder, 100), 5)) {
      await(() -> written.size() + before == 10);
    }
    assertThat(dropped()).isEqualTo(before);
  }

  @Test
  void whatIsNoLineInAFileIsSteppedOverAndCounted() throws IOException {
    down = true;
    try (AccessLogWriter writer = start(new WhenFull.Spill(folder, 1_000_000), 10)) {
      lines(15).forEach(writer::accept);
    }
    append("no line\n\tx\t" + GROUP + "\ttext\n\t16\t" + GROUP);

    down = false;
    try (AccessLogWriter writer = start(new WhenFull.Spill(folder, 1_000_000), 10)) {
      writer.accept(line(15));
      await(() -> written.size() == 16);
      writer.accept(line(16));
      await(() -> written.size() == 17);
    }

    assertThat(written).containsExactlyInAnyOrderElementsOf(lines(17));
    assertThat(dropped()).isEqualTo(2);
  }

  @Test
  void aFileOfHalfALineIsNoFile() throws IOException {
    append("\0".repeat(8) + "\t16\t" + GROUP);

    try (AccessLogWriter writer = start(new WhenFull.Spill(folder, 1_000_000), 10)) {
      writer.accept(line(0));
      await(() -> written.size() == 1);
    }

    assertThat(folder.resolve("place.lines")).hasSize(8);
    assertThat(dropped()).isZero();
  }

  @Test
  void aLineThatIsLongerThanWhatIsReadAtOnceIsSpilledWhole() throws IOException {
    AccessLine line = new AccessLine("x".repeat(1_000_000), LogDestination.of(GROUP), false, 1);
    down = true;
    try (AccessLogWriter writer = start(new WhenFull.Spill(folder, 4_000_000), 10)) {
      writer.accept(line);
    }

    down = false;
    try (AccessLogWriter writer = start(new WhenFull.Spill(folder, 4_000_000), 10)) {
      writer.accept(line(1));
      await(() -> written.size() == 2);
    }

    assertThat(written).containsExactly(line, line(1));
  }

  private void append(String text) throws IOException {
    Files.writeString(
        folder.resolve("place.lines"), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
