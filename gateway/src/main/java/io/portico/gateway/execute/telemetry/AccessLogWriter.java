package io.portico.gateway.execute.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes access logs on a thread of its own. Calls never wait for it: what it cannot keep up with,
 * or cannot write, is dropped and counted.
 */
public final class AccessLogWriter implements Consumer<String>, AutoCloseable {
  private static final int MOST_WAITING = 16_384;

  private final BatchWriter<String> writer;

  /** Where lines go. */
  @FunctionalInterface
  public interface LogSink {

    /** The stream for the next lines; another than before once a file was moved away. */
    OutputStream stream() throws IOException;
  }

  private AccessLogWriter(BatchWriter<String> writer) {
    this.writer = writer;
  }

  /**
   * A writer that runs until it is closed.
   *
   * @param sink where lines go
   * @param meters counts what is written and what is dropped
   */
  public static AccessLogWriter start(LogSink sink, MeterRegistry meters) {
    return start(sink, meters, MOST_WAITING);
  }

  static AccessLogWriter start(LogSink sink, MeterRegistry meters, int mostWaiting) {
    return new AccessLogWriter(
        BatchWriter.start(
            "access-log",
            new Lines(sink),
            new BatchWriter.Counts(
                meters.counter("portico.accesslog.lines"),
                meters.counter("portico.accesslog.dropped")),
            BatchWriter.Bounds.of(mostWaiting)));
  }

  @Override
  public void accept(String line) {
    writer.offer(line);
  }

  /** Takes no more lines, and writes those that wait; gives up after five seconds. */
  @Override
  public void close() {
    writer.close();
  }

  /** Lines as a stream has them. Used by one thread. */
  private static final class Lines implements BatchWriter.Batches<String> {
    /** The memory of a batch is used again, unless it was an unusually large one. */
    private static final int MOST_KEPT = 1024 * 1024;

    private final LogSink sink;
    private ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Lines(LogSink sink) {
      this.sink = sink;
    }

    @Override
    public void write(List<String> lines) throws IOException {
      if (bytes.size() <= MOST_KEPT) {
        bytes.reset();
      } else {
        bytes = new ByteArrayOutputStream();
      }
      for (String line : lines) {
        bytes.writeBytes(line.getBytes(StandardCharsets.UTF_8));
        bytes.write('\n');
      }
      OutputStream stream = sink.stream();
      bytes.writeTo(stream);
      stream.flush();
    }
  }
}
