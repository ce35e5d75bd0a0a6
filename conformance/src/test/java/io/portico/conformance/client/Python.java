package io.portico.conformance.client;

import io.portico.conformance.process.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The Pythons of a machine, and what they have. */
final class Python {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  static final Path SCRIPTS = Path.of("src/test/python").toAbsolutePath();

  private Python() {}

  /** A Python in which {@code code} runs without an error; not a script that looks for one. */
  static Optional<Path> thatRuns(String code) {
    return Stream.concat(Program.find("python3").stream(), Stream.of(Path.of("/usr/bin/python3")))
        .filter(python -> python.toFile().canExecute())
        .map(
            python ->
                Program.run(
                    SCRIPTS,
                    Map.of(),
                    LIMIT,
                    List.of(python.toString(), "-c", code + "\nimport sys; print(sys.executable)")))
        .filter(Program.Outcome::succeeded)
        .map(outcome -> Path.of(outcome.out().strip()))
        .findFirst();
  }

  /** How {@code script} is started. */
  static List<String> command(Path python, String script) {
    return List.of(python.toString(), "-B", SCRIPTS.resolve(script).toString());
  }
}
