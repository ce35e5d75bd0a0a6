package io.portico.gateway.execute.telemetry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The lines of logs as a stream has them. Used by one thread. */
public final class StreamLines implements AccessLogWriter.Lines {
  /** The memory of a batch is used again, unless it was an unusually large one. */
  private static final int MOST_KEPT = 1024 * 1024;

  private final Target target;
  private ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Where lines go. */
  @FunctionalInterface
  public interface Target {

    /** The stream for the next lines; another than before once a file was moved away. */
    OutputStream stream() throws IOException;
  }

  public StreamLines(Target target) {
    this.target = target;
  }

  @Override
  public void write(List<AccessLine> lines) throws IOException {
    writeTexts(lines.stream().map(AccessLine::text).toList());
  }

  /**
   * Writes lines.
   *
   * @param lines each without line end
   * @throws IOException if none of them could be written
   */
  public void writeTexts(List<String> lines) throws IOException {
    if (bytes.size() <= MOST_KEPT) {
      bytes.reset();
    } else {
      bytes = new ByteArrayOutputStream();
    }
    for (String line : lines) {
      bytes.writeBytes(line.getBytes(StandardCharsets.UTF_8));
      bytes.write('\n');
    }
    OutputStream stream = target.stream();
    bytes.writeTo(stream);
    stream.flush();
  }
}
