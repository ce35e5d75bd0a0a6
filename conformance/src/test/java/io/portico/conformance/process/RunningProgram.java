package io.portico.conformance.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program that runs until it is closed, and says in a line of its output that it is ready. */
public final class RunningProgram implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final long SECONDS_TO_END = 20;

  private final Process process;
  private final String said;

  private RunningProgram(Process process, String said) {
    this.process = process;
    this.said = said;
  }

  /**
   * Starts a program and waits until it is ready.
   *
   * @param builder what is started, and with what around it
   * @param ready is found in the line; what its first group takes is kept
   */
  public static RunningProgram start(ProcessBuilder builder, Pattern ready) {
    List<String> command = builder.command();
    try {
      Process process = builder.redirectErrorStream(true).start();
      CompletableFuture<String> said = new CompletableFuture<>();
      Thread.ofVirtual().start(() -> readOutput(process, ready, said));
      try {
        return new RunningProgram(process, said.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS));
      } catch (ExecutionException | TimeoutException e) {
        process.destroyForcibly();
        throw new AssertionError(command + " is not ready", e);
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted while waiting for " + command, e);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads to the end, so that the program never waits for a reader. */
  private static void readOutput(Process process, Pattern ready, CompletableFuture<String> said) {
    StringBuilder output = new StringBuilder();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        output.append(line).append('\n');
        Matcher found = ready.matcher(line);
        if (found.find()) {
          said.complete(found.group(1));
        }
      }
    } catch (IOException e) {
      said.completeExceptionally(e);
    }
    said.completeExceptionally(new AssertionError("it has ended:\n" + output));
  }

  /** What it said when it was ready. */
  public String said() {
    return said;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
