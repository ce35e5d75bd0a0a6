package io.portico.gateway.execute.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.portico.gateway.snapshot.LogDestination;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Writes lines of access logs to one place, on a thread of its own. What becomes of a line that the
 * place cannot take in time is configuration; what is dropped is counted, whatever that says.
 */
public final class AccessLogWriter implements AutoCloseable {
  private static final int MOST_WAITING = 16_384;

  /** In characters, of which each takes two bytes at most. */
  private static final long MOST_TEXT = 16L * 1024 * 1024;

  private final BatchWriter<AccessLine> writer;

  /** Where lines go. */
  @FunctionalInterface
  public interface Lines {

    /**
     * Writes lines.
     *
     * @throws PartlyWrittenException if some of them could not be
     * @throws IOException if none of them could be written
     */
    void write(List<AccessLine> lines) throws IOException;
  }

  /** What becomes of lines where more come than are written. */
  public sealed interface WhenFull {

    /** They are dropped. Calls never wait. */
    record Drop() implements WhenFull {}

    /**
     * Calls wait until there is a place for their line before they begin, but not for longer than
     * this; then their line is dropped unless there is one by then.
     */
    record Block(Duration longest) implements WhenFull {}

    /**
     * They go to a file, of which they are written later, and are dropped once that is full. Calls
     * never wait.
     *
     * @param folder of the files, one for each place
     * @param most bytes of each
     */
    record Spill(Path folder, long most) implements WhenFull {}
  }

  private AccessLogWriter(BatchWriter<AccessLine> writer) {
    this.writer = writer;
  }

  /**
   * A writer that runs until it is closed.
   *
   * @param place what the place is called in meters: {@code stdout}
   * @param meters counts what is written and what is dropped
   * @throws IOException if there is no file to spill to
   */
  public static AccessLogWriter start(
      String place, Lines lines, WhenFull whenFull, MeterRegistry meters) throws IOException {
    return start(place, lines, whenFull, meters, MOST_WAITING);
  }

  static AccessLogWriter start(
      String place, Lines lines, WhenFull whenFull, MeterRegistry meters, int most)
      throws IOException {
    Counter dropped = meters.counter("portico.accesslog.dropped", "sink", place);
    String name = "access-log-" + place;
    Waiting.Bounds<AccessLine> bounds = new Waiting.Bounds<>(most, MOST_TEXT, AccessLine::weight);
    return new AccessLogWriter(
        BatchWriter.start(
            name,
            lines::write,
            switch (whenFull) {
              case WhenFull.Drop _ -> new MemoryBacklog<>(bounds);
              case WhenFull.Block block ->
                  new RoomBacklog<>(most, block.longest, AccessLine::weight);
              case WhenFull.Spill spill ->
                  new SpillBacklog<>(
                      name,
                      bounds,
                      new SpillFile(spill.folder.resolve(place + ".lines"), spill.most),
                      new SpillBacklog.Form<>(AccessLogWriter::written, AccessLogWriter::read),
                      dropped);
            },
            new BatchWriter.Counts(
                meters.counter("portico.accesslog.lines", "sink", place), dropped),
            !(whenFull instanceof WhenFull.Drop)));
  }

  /** Makes sure of a place for a line that will come, where calls wait for one. */
  public boolean reserve() {
    return writer.reserve();
  }

  /** Takes a line, or drops it. */
  public void accept(AccessLine line) {
    writer.offer(line);
  }

  /** Takes a line there is a place for. */
  public void acceptReserved(AccessLine line) {
    writer.offerReserved(line);
  }

  /** Takes no more lines, and writes those that wait; gives up after five seconds. */
  @Override
  public void close() {
    writer.close();
  }

  /** A line as it stands in a file: no text of it has a tab or a line end. */
  private static String written(AccessLine line) {
    return (line.canary() ? "canary" : "")
        + '\t'
        + line.millis()
        + '\t'
        + line.destination().arn().replaceAll("\\s", "")
        + '\t'
        + line.text();
  }

  private static AccessLine read(String written) {
    String[] parts = written.split("\t", 4);
    return new AccessLine(
        parts[3], LogDestination.of(parts[2]), !parts[0].isEmpty(), Long.parseLong(parts[1]));
  }
}
