package io.portico.bench.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A process this run started. It ends with {@link #close}, and with the run itself however that
 * ends, so that no process stays behind.
 */
public final class Child implements AutoCloseable {
  private static final Set<Child> RUNNING = ConcurrentHashMap.newKeySet();
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Child::end)));
  }

  private final String name;
  private final Process process;
  private final Path errors;
  private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(1000);

  private Child(String name, Process process, Path errors) {
    this.name = name;
    this.process = process;
    this.errors = errors;
  }

  /** Starts {@code command}; its standard error goes to a file of its name in {@code folder}. */
  public static Child start(
      String name, Path folder, List<String> command, Map<String, String> environment) {
    Path errors = folder.resolve(name + ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectError(errors.toFile());
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      Child child = new Child(name, process, errors);
      RUNNING.add(child);
      Thread.ofPlatform().daemon().name(name + "-output").start(child::readOutput);
      return child;
    } catch (IOException e) {
      throw new BenchFailure("cannot start " + name + ": " + e.getMessage(), e);
    }
  }

  public long pid() {
    return process.pid();
  }

  /** Waits until the process accepts connections on {@code port} of the loopback address. */
  public void awaitPort(int port) {
    Instant deadline = Instant.now().plus(START_LIMIT);
    while (!accepts(port)) {
      if (exitedWithin(20) || Instant.now().isAfter(deadline)) {
        throw failure("did not listen on port " + port);
      }
    }
  }

  /** Waits for a line of standard output that {@code pattern} is found in. */
  public Matcher awaitLine(Pattern pattern) {
    Instant deadline = Instant.now().plus(START_LIMIT);
    while (Instant.now().isBefore(deadline)) {
      String line = nextLine();
      if (line == null) {
        if (!process.isAlive() && lines.isEmpty()) {
          break;
        }
        continue;
      }
      Matcher matcher = pattern.matcher(line);
      if (matcher.find()) {
        return matcher;
      }
    }
    throw failure("did not print " + pattern);
  }

  /** Waits for the process to end by itself and gives all it printed on standard output. */
  public List<String> awaitEnd(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw failure("did not end within " + limit.toSeconds() + " s");
      }
      RUNNING.remove(this);
      if (process.exitValue() != 0) {
        throw failure("exited with " + process.exitValue());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted while waiting for " + name, e);
    }
    return Stream.generate(this::nextLine).takeWhile(line -> line != null).toList();
  }

  /** SIGKILL; back when the process is gone. */
  public void kill() {
    process.destroyForcibly();
    if (!exitedWithin(STOP_LIMIT.toMillis())) {
      throw failure("does not end");
    }
  }

  @Override
  public void close() {
    end();
    RUNNING.remove(this);
  }

  private void end() {
    List<ProcessHandle> tree =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    process.destroy();
    try {
      process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    tree.forEach(ProcessHandle::destroyForcibly);
  }

  private void readOutput() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!lines.offer(line)) {
          lines.poll();
          lines.offer(line);
        }
      }
    } catch (IOException e) {
      lines.offer("output of " + name + " broke off: " + e.getMessage());
    }
  }

  private @Nullable String nextLine() {
    try {
      return lines.poll(50, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted while reading from " + name, e);
    }
  }

  private boolean exitedWithin(long millis) {
    try {
      return process.waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted while waiting for " + name, e);
    }
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private BenchFailure failure(String what) {
    return new BenchFailure(name + " " + what + lastError());
  }

  private String lastError() {
    try {
      List<String> written = Files.readAllLines(errors);
      return written.isEmpty() ? "" : ": " + written.getLast();
    } catch (IOException e) {
      return "";
    }
  }
}
