package io.portico.conformance.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program for Node.js with packages that npm installs from a lock file into the build folder. No
 * package runs anything while it is installed.
 *
 * @param node the program that runs it
 * @param folder where it is
 */
public record NodePackages(Path node, Path folder) {
  /** What a test misses that has none of them. */
  public static final String NEEDS = "Node.js (node, npm)";

  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final String LOCK = "package-lock.json";

  /**
   * Installs it where it is not there yet.
   *
   * @param name of its folder beside the tests' sources
   * @param program its file there
   * @return empty if Node.js or npm is not on this machine
   */
  public static Optional<NodePackages> installed(String name, String program) {
    Optional<Path> node = Program.find("node");
    Optional<Path> npm = Program.find("npm");
    if (node.isEmpty() || npm.isEmpty()) {
      return Optional.empty();
    }
    Path sources = Path.of("src/test", name).toAbsolutePath();
    Path installed = Path.of("target", name).toAbsolutePath();
    try {
      Files.createDirectories(installed);
      copy(sources, installed, program);
      install(npm.get(), sources, installed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Optional.of(new NodePackages(node.get(), installed));
  }

  /** Leaves an installation of the very same lock file as it is. */
  private static void install(Path npm, Path sources, Path installed) throws IOException {
    Path done = installed.resolve("node_modules/.installed-" + LOCK);
    String lock = Files.readString(sources.resolve(LOCK));
    if (Files.exists(done) && Files.readString(done).equals(lock)) {
      return;
    }
    copy(sources, installed, "package.json");
    copy(sources, installed, LOCK);
    Program.Outcome outcome =
        Program.run(
            installed,
            Map.of(),
            LIMIT,
            List.of(npm.toString(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
    if (!outcome.succeeded()) {
      throw new AssertionError("npm could not install " + sources + ": " + outcome);
    }
    Files.writeString(done, lock);
  }

  private static void copy(Path from, Path to, String name) throws IOException {
    Files.copy(from.resolve(name), to.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }
}
