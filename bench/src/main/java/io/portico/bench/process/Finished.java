package io.portico.bench.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A command that has come to its end.
 *
 * @param output what it printed on either stream
 */
record Finished(int status, String output) {

  /**
   * Runs a command that gets no input.
   *
   * @throws BenchFailure if there is no such command, or it goes on for longer than the limit
   */
  static Finished command(List<String> command, Duration limit) {
    String name = command.getFirst();
    try {
      Path output = Files.createTempFile("portico-bench-", ".txt");
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
          process.destroyForcibly();
          throw new BenchFailure(
              String.join(" ", command) + " did not end within " + limit.toSeconds() + " s");
        }
        return new Finished(
            process.exitValue(), Files.readString(output, StandardCharsets.ISO_8859_1));
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new BenchFailure("cannot run " + name + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted while running " + name, e);
    }
  }
}
