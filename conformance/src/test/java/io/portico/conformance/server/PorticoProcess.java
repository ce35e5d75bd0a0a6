package io.portico.conformance.server;

import io.portico.conformance.process.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The packaged server in a process of its own, on a port that it chose. */
public final class PorticoProcess implements AutoCloseable {
  public static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Pattern READY =
      Pattern.compile(
          "^Portico ready on http://127\\.0\\.0\\.1:(\\d+)(?: and https://\\S+)? in [\\d.]+ s$");

  private final Process process;
  private final List<String> lines = new ArrayList<>();
  private boolean outputEnded;
  private final Endpoint endpoint;

  private PorticoProcess(Process process) {
    this.process = process;
    Thread.ofVirtual().start(this::readOutput);
    String line = awaitLine(text -> READY.matcher(text).find());
    Matcher ready = READY.matcher(line);
    if (!ready.find()) {
      throw new AssertionError("no ready line: " + line);
    }
    this.endpoint = new Endpoint(Integer.parseInt(ready.group(1)));
  }

  /** A server that forgets everything when it ends. */
  public static PorticoProcess ephemeral() {
    return start(Map.of(), "serve", "--ephemeral", "--port", "0");
  }

  /** A server that keeps its records in {@code data}. */
  public static PorticoProcess durable(Path data) {
    return start(Map.of(), "serve", "--data", data.toString(), "--port", "0");
  }

  /** Starts a verb that serves, and waits for the ready line. */
  public static PorticoProcess start(Map<String, String> environment, String... arguments) {
    return start(withJdk(environment), command(arguments));
  }

  /** Starts a command that becomes a server, and waits for the ready line. */
  public static PorticoProcess start(Map<String, String> environment, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Program.surround(builder, environment);
    try {
      Process process = builder.start();
      try {
        return new PorticoProcess(process);
      } catch (AssertionError e) {
        process.destroyForcibly();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a verb to its end. */
  public static Program.Outcome run(String... arguments) {
    return Program.run(Path.of("").toAbsolutePath(), withJdk(Map.of()), LIMIT, command(arguments));
  }

  /** The folder of the packaged server. */
  public static Path home() {
    return Path.of(System.getProperty("portico.home", "../server/target/dist"))
        .toAbsolutePath()
        .normalize();
  }

  /** What a launcher needs to find the JDK that the tests run on. */
  public static Map<String, String> withJdk(Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("JAVA_HOME", System.getProperty("java.home"));
    return all;
  }

  /** By the launcher, as users start it: with the record of classes that its first start makes. */
  private static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(List.of(launcher().toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** What starts the packaged server. */
  public static Path launcher() {
    Path home = home();
    if (!Files.isRegularFile(home.resolve("portico.jar"))) {
      throw new AssertionError("no packaged server in " + home + ": run ./portico build");
    }
    return home.resolve("bin/portico");
  }

  public Endpoint endpoint() {
    return endpoint;
  }

  /** Waits for a line of output that {@code wanted} takes, the lines already read included. */
  public String awaitLine(Predicate<String> wanted) {
    Instant deadline = Instant.now().plus(LIMIT);
    synchronized (lines) {
      while (true) {
        Optional<String> line = lines.stream().filter(wanted).findFirst();
        if (line.isPresent()) {
          return line.get();
        }
        long left = Duration.between(Instant.now(), deadline).toMillis();
        if (outputEnded || left <= 0) {
          throw new AssertionError(
              "the line waited for did not come; output:\n" + String.join("\n", lines));
        }
        try {
          lines.wait(left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new AssertionError("interrupted while waiting for a line", e);
        }
      }
    }
  }

  /** Asks the server to end, as an init system does; it may take its time. */
  public void terminate() {
    process.destroy();
  }

  /** Ends the server between two instructions. */
  public void kill() {
    process.destroyForcibly();
    awaitExit();
  }

  /** Waits for the end and gives the exit status. */
  public int awaitExit() {
    try {
      if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError(
            "the server did not end within " + LIMIT + "; output:\n" + output());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for the end", e);
    }
  }

  public String output() {
    synchronized (lines) {
      return String.join("\n", lines);
    }
  }

  @Override
  public void close() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
    Stream.concat(children.stream(), Stream.of(process.toHandle()))
        .forEach(ProcessHandle::destroyForcibly);
  }

  private void readOutput() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        add(line);
      }
    } catch (IOException e) {
      add("reading the output broke off: " + e.getMessage());
    }
    synchronized (lines) {
      outputEnded = true;
      lines.notifyAll();
    }
  }

  private void add(String line) {
    synchronized (lines) {
      lines.add(line);
      lines.notifyAll();
    }
  }
}
