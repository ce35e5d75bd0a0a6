package io.portico.gateway.execute.telemetry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lines of logs as a file or a stream has them. Where a batch is cut short, as by a full disk,
 * what stands of its last line is taken back, or else ended before the next line. Used by one
 * thread.
 */
public final class StreamLines implements AccessLogWriter.Lines {
  /** The memory of a batch is used again, unless it was an unusually large one. */
  private static final int MOST_KEPT = 1024 * 1024;

  private final Target target;
  private Batch batch = new Batch();

  /** Where a line has begun and not ended. */
  private @Nullable WritableByteChannel torn;

  /** Where lines go. */
  @FunctionalInterface
  public interface Target {

    /** The channel for the next lines; another than before once a file was moved away. */
    WritableByteChannel channel() throws IOException;

    /**
     * Takes back what was written last, as far as that can be.
     *
     * @param bytes so many of them
     * @param taken how many were written since the channel was asked for
     * @return whether the next line needs no end of this one before it
     */
    default boolean takesBack(int bytes, int taken) {
      return false;
    }
  }

  /** The bytes of some lines. */
  private static final class Batch extends ByteArrayOutputStream {
    ByteBuffer bytes() {
      return ByteBuffer.wrap(buf, 0, count);
    }
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
   * @throws PartlyWrittenException if some of them could not be written
   * @throws IOException if none of them could be written
   */
  public void writeTexts(List<String> lines) throws IOException {
    if (batch.size() <= MOST_KEPT) {
      batch.reset();
    } else {
      batch = new Batch();
    }
    WritableByteChannel channel = target.channel();
    if (channel.equals(torn)) {
      batch.write('\n');
    }
    // Where each line begins, and where the last one ends.
    int[] bounds = new int[lines.size() + 1];
    bounds[0] = batch.size();
    for (int i = 0; i < lines.size(); i++) {
      batch.writeBytes(lines.get(i).getBytes(StandardCharsets.UTF_8));
      batch.write('\n');
      bounds[i + 1] = batch.size();
    }
    ByteBuffer bytes = batch.bytes();
    try {
      while (bytes.hasRemaining()) {
        if (channel.write(bytes) == 0) {
          throw new IOException("it takes no more now");
        }
      }
    } catch (IOException e) {
      throw cutShort(channel, bytes.position(), bounds, e);
    }
    torn = null;
  }

  /**
   * @param taken how many bytes stand
   */
  private IOException cutShort(
      WritableByteChannel channel, int taken, int[] bounds, IOException cause) {
    int lines = bounds.length - 1;
    int whole = 0;
    while (whole < lines && bounds[whole + 1] <= taken) {
      whole++;
    }
    int part = taken - bounds[whole];
    if (part >= 0) {
      torn = part == 0 || target.takesBack(part, taken) ? null : channel;
    }
    if (whole == 0) {
      return cause;
    }
    BitSet left = new BitSet();
    left.set(whole, lines);
    return new PartlyWrittenException(
        "%d of %d lines are written: %s".formatted(whole, lines, cause.getMessage()),
        cause,
        0,
        left);
  }
}
