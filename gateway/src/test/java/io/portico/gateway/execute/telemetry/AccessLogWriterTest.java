package io.portico.gateway.execute.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.portico.gateway.snapshot.LogDestination;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class AccessLogWriterTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void whatWasAcceptedIsWrittenBeforeItCloses() throws IOException {
    List<String> lines = Stream.iterate(0, i -> i + 1).limit(5000).map(i -> "line " + i).toList();

    try (AccessLogWriter writer = start(() -> Channels.newChannel(out))) {
      lines.forEach(line -> writer.accept(line(line)));
    }

    assertThat(out.toString(StandardCharsets.UTF_8).lines()).containsExactlyElementsOf(lines);
    assertThat(count("portico.accesslog.lines")).isEqualTo(5000);
    assertThat(count("portico.accesslog.dropped")).isZero();
  }

  @Test
  void linesThatDoNotFitAreDroppedAndCounted() throws Exception {
    StuckStream stuck = new StuckStream(out);

    try (AccessLogWriter writer = start(() -> Channels.newChannel(stuck), 10)) {
      writer.accept(line("first"));
      assertThat(stuck.reached.await(10, TimeUnit.SECONDS)).isTrue();
      for (int i = 0; i < 15; i++) {
        writer.accept(line("line " + i));
      }
      stuck.released.countDown();
    }

    assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(11).startsWith("first");
    assertThat(count("portico.accesslog.dropped")).isEqualTo(5);
  }

  @Test
  void longLinesThatDoNotFitAreDroppedAndCounted() throws Exception {
    StuckStream stuck = new StuckStream(out);
    AccessLine megabyte = line("x".repeat(1024 * 1024));

    try (AccessLogWriter writer = start(() -> Channels.newChannel(stuck))) {
      writer.accept(line("first"));
      assertThat(stuck.reached.await(10, TimeUnit.SECONDS)).isTrue();
      for (int i = 0; i < 17; i++) {
        writer.accept(megabyte);
      }
      stuck.released.countDown();
    }

    assertThat(count("portico.accesslog.lines")).isEqualTo(16);
    assertThat(count("portico.accesslog.dropped")).isEqualTo(2);
  }

  @Test
  void aWriteThatFailsLosesItsLinesOnly() throws Exception {
    CountDownLatch failed = new CountDownLatch(1);
    List<String> attempts = new ArrayList<>();
    StreamLines.Target sink =
        () -> {
          attempts.add("attempt");
          if (attempts.size() == 1) {
            failed.countDown();
            throw new IOException("no space left");
          }
          return Channels.newChannel(out);
        };

    try (AccessLogWriter writer = start(sink)) {
      writer.accept(line("lost"));
      assertThat(failed.await(10, TimeUnit.SECONDS)).isTrue();
      writer.accept(line("kept"));
    }

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("kept\n");
    assertThat(count("portico.accesslog.dropped")).isEqualTo(1);
  }

  @Test
  void aClosedWriterTakesNothing() throws IOException {
    AccessLogWriter writer = start(() -> Channels.newChannel(out));
    writer.close();

    writer.accept(line("late"));

    assertThat(out.size()).isZero();
    assertThat(count("portico.accesslog.dropped")).isEqualTo(1);
  }

  private AccessLogWriter start(StreamLines.Target target) throws IOException {
    return start(target, 16_384);
  }

  private AccessLogWriter start(StreamLines.Target target, int most) throws IOException {
    return AccessLogWriter.start(
        "test", new StreamLines(target), new AccessLogWriter.WhenFull.Drop(), meters, most);
  }

  private static AccessLine line(String text) {
    return new AccessLine(text, LogDestination.of("none"), false, 1);
  }

  private double count(String name) {
    return meters.get(name).counter().count();
  }

  /** A stream whose first write waits until it is released. */
  private static final class StuckStream extends OutputStream {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final OutputStream out;

    StuckStream(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int octet) throws IOException {
      out.write(octet);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      reached.countDown();
      boolean interrupted = false;
      while (released.getCount() > 0) {
        try {
          released.await();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      out.write(bytes, offset, length);
    }
  }
}
