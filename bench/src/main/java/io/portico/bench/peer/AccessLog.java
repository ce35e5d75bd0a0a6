package io.portico.bench.peer;

import io.portico.bench.process.BenchFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;

/** The file that a gateway logs its calls to, a line each. */
public record AccessLog(Path file) {
  /** Longer than any gateway keeps lines in a buffer. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final long PAUSE_MILLIS = 50;

  /**
   * Waits for the lines of {@code calls}, and empties the file.
   *
   * @throws BenchFailure if there are fewer: a gateway that logs only some of its calls does less
   *     than the others
   */
  public void take(long calls) {
    Instant deadline = Instant.now().plus(PATIENCE);
    long lines = lines();
    while (lines < calls) {
      if (Instant.now().isAfter(deadline)) {
        throw new BenchFailure(file + " has " + lines + " lines for " + calls + " calls");
      }
      pause();
      lines = lines();
    }
    empty();
  }

  private long lines() {
    byte[] piece = new byte[64 * 1024];
    long lines = 0;
    try (InputStream bytes = Files.newInputStream(file)) {
      for (int read = bytes.read(piece); read >= 0; read = bytes.read(piece)) {
        for (int i = 0; i < read; i++) {
          lines += piece[i] == '\n' ? 1 : 0;
        }
      }
      return lines;
    } catch (IOException e) {
      throw new BenchFailure("cannot read the access log: " + e.getMessage(), e);
    }
  }

  /** Gateways append, so that the next line is the first again. */
  private void empty() {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(0);
    } catch (IOException e) {
      throw new BenchFailure("cannot empty the access log: " + e.getMessage(), e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted while waiting for an access log", e);
    }
  }
}
