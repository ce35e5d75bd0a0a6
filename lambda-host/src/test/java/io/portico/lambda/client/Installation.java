package io.portico.lambda.client;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A folder of functions and of what they need from a package registry, in the build folder. */
final class Installation {
  private static final int LIMIT_MINUTES = 15;
  private static final int LAST_WORDS = 2000;

  private final Path sources;
  private final Path folder;

  /**
   * @param name of the folder in {@code src/test/clients}
   */
  Installation(String name) {
    sources = Path.of("src/test/clients", name).toAbsolutePath();
    folder = Path.of("target/clients", name).toAbsolutePath();
  }

  /** Where {@code name} is on the search path, if it is. */
  static Optional<Path> find(String name) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .filter(place -> !place.isEmpty())
        .map(place -> Path.of(place, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** The lines that a program prints. */
  static List<String> said(String... command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      process.getOutputStream().close();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Copies the sources and runs a command beside them, unless that was done for the same pins.
   *
   * @param pins the file that names the versions
   * @return the folder, or, if the command fails, what it said
   */
  Result install(String pins, Map<String, String> environment, List<String> command) {
    try {
      Files.createDirectories(folder);
      try (Stream<Path> files = Files.list(sources)) {
        for (Path file : files.toList()) {
          Files.copy(
              file,
              folder.resolve(file.getFileName()),
              StandardCopyOption.REPLACE_EXISTING,
              StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
      String wanted = Files.readString(sources.resolve(pins)) + String.join(" ", command);
      Path done = folder.resolve(".installed");
      if (Files.exists(done) && Files.readString(done).equals(wanted)) {
        return new Result.Installed(folder);
      }
      Files.deleteIfExists(done);
      Result result = run(environment, command);
      if (result instanceof Result.Installed) {
        Files.writeString(done, wanted);
      }
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How an installation ended. */
  sealed interface Result {
    record Installed(Path folder) implements Result {}

    record Failed(String reason) implements Result {

      /** Skips the tests that need it. */
      Path skip(String what) {
        return abort(what + " cannot be installed here: " + reason);
      }
    }
  }

  private Result run(Map<String, String> environment, List<String> command) throws IOException {
    Path output = folder.resolve("installation.log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        return new Result.Failed(command + " did not end within " + LIMIT_MINUTES + " minutes");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    if (process.exitValue() == 0) {
      return new Result.Installed(folder);
    }
    String said = Files.readString(output, StandardCharsets.UTF_8);
    return new Result.Failed(
        command
            + " ended with "
            + process.exitValue()
            + ":\n"
            + said.substring(Math.max(0, said.length() - LAST_WORDS)));
  }
}
