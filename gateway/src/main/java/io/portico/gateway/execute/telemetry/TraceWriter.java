package io.portico.gateway.execute.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.portico.gateway.execute.Invocation;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Records the calls that are sampled, on a thread of its own: what it cannot keep up with, or
 * nobody takes, is dropped and counted. Calls that are not sampled cost a look at their trace id.
 */
public final class TraceWriter implements Telemetry.Listener, AutoCloseable {
  private static final int MOST_WAITING = 4_096;
  private static final int MOST_BYTES = 16 * 1024 * 1024;
  private static final int ENOUGH = 1024 * 1024;

  /** What a call takes beside the content of its request. */
  private static final int OVERHEAD = 1_024;

  private static final Telemetry.Ending NOT_SAMPLED = answer -> {};

  private final BatchWriter<Answer> writer;
  private final Telemetry.Ending sampled;

  /** Where traces go. */
  @FunctionalInterface
  public interface Traces {

    /**
     * Takes calls that have ended.
     *
     * @throws PartlyWrittenException if some of them could not be
     * @throws IOException if all of them are lost
     */
    void record(List<Answer> answers) throws IOException;
  }

  private TraceWriter(BatchWriter<Answer> writer) {
    this.writer = writer;
    this.sampled = writer::offer;
  }

  /**
   * A writer that runs until it is closed.
   *
   * @param name of the place: {@code xray}
   * @param gather how long a call may wait for others that are recorded with it
   * @param meters counts the calls that are recorded, and those that are dropped
   */
  public static TraceWriter start(
      String name, Traces traces, Duration gather, MeterRegistry meters) {
    return new TraceWriter(
        BatchWriter.start(
            "traces-" + name,
            traces::record,
            new MemoryBacklog<>(
                new Waiting.Bounds<>(MOST_WAITING, MOST_BYTES, TraceWriter::weight)),
            new BatchWriter.Counts(
                meters.counter("portico.traces.recorded", "sink", name),
                meters.counter("portico.traces.dropped", "sink", name)),
            false,
            new BatchWriter.Gathering(ENOUGH, gather)));
  }

  /** How many bytes a call keeps, roughly; one of too many is taken where nothing else waits. */
  private static int weight(Answer answer) {
    long content = Math.max(answer.invocation().request().body().length(), 0);
    return (int) Math.min(OVERHEAD + content, MOST_BYTES);
  }

  @Override
  public Telemetry.Ending began(Invocation invocation) {
    return invocation.isRecorded() ? sampled : NOT_SAMPLED;
  }

  @Override
  public void close() {
    writer.close();
  }
}
