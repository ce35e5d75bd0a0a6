package io.portico.gateway.execute.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes execution logs to one place, on a thread of its own. Calls never wait for it: what it
 * cannot keep up with, or cannot write, is dropped, and counted by the call.
 */
public final class ExecutionLogWriter implements Consumer<LoggedEvents>, AutoCloseable {
  private static final int MOST_WAITING = 16_384;

  /** In characters, of which each takes two bytes at most. */
  private static final long MOST_TEXT = 16L * 1024 * 1024;

  private final BatchWriter<LoggedEvents> writer;

  /** Where log groups are. */
  @FunctionalInterface
  public interface LogGroups {

    /**
     * Adds events to their groups.
     *
     * @throws PartlyWrittenException if some of them could not be, all of which may be later
     * @throws IOException if none of them could be added
     */
    void add(List<LoggedEvents> events) throws IOException;
  }

  private ExecutionLogWriter(BatchWriter<LoggedEvents> writer) {
    this.writer = writer;
  }

  /**
   * A writer that runs until it is closed.
   *
   * @param place what the place is called in meters: {@code log-groups}
   * @param meters counts the calls whose logs are written, and those whose logs are dropped
   */
  public static ExecutionLogWriter start(String place, LogGroups groups, MeterRegistry meters) {
    return new ExecutionLogWriter(
        BatchWriter.start(
            "execution-log-" + place,
            groups::add,
            new MemoryBacklog<>(
                new Waiting.Bounds<>(MOST_WAITING, MOST_TEXT, LoggedEvents::weight)),
            new BatchWriter.Counts(
                meters.counter("portico.executionlog.calls", "sink", place),
                meters.counter("portico.executionlog.dropped", "sink", place)),
            false));
  }

  /** Takes what one call has to say, or drops it. */
  @Override
  public void accept(LoggedEvents events) {
    writer.offer(events);
  }

  /** Takes no more, and writes what waits; gives up after five seconds. */
  @Override
  public void close() {
    writer.close();
  }
}
