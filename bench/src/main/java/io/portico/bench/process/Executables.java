package io.portico.bench.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The programs installed on this machine: the search path and the folders Debian keeps daemons in.
 */
public final class Executables {
  private static final List<String> DAEMON_FOLDERS =
      List.of("/usr/sbin", "/usr/local/sbin", "/sbin");

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private Executables() {}

  /** Where {@code name} is installed, if it is. */
  public static Optional<Path> find(String name) {
    String searchPath = System.getenv().getOrDefault("PATH", "");
    return Stream.concat(
            Stream.of(searchPath.split(File.pathSeparator, -1)), DAEMON_FOLDERS.stream())
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  /**
   * The first line that a command prints on either stream; empty where it prints nothing, as
   * programs disagree on the exit code that goes with a version.
   */
  public static String firstLine(String... command) {
    return Finished.command(List.of(command), PATIENCE)
        .output()
        .lines()
        .findFirst()
        .orElse("")
        .strip();
  }

  /**
   * How long a command takes from its start to its end.
   *
   * @throws BenchFailure if it fails
   */
  public static Duration timeOf(List<String> command) {
    long start = System.nanoTime();
    Finished ended = Finished.command(command, PATIENCE);
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    if (ended.status() != 0) {
      throw new BenchFailure(String.join(" ", command) + " failed: " + ended.output().strip());
    }
    return time;
  }
}
