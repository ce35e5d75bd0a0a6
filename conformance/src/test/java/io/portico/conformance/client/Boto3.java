package io.portico.conformance.client;

import io.portico.conformance.process.Program;
import io.portico.conformance.server.Endpoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** boto3, in whichever Python has it. */
final class Boto3 {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  static final Path SCRIPTS = Path.of("src/test/python").toAbsolutePath();

  private Boto3() {}

  static Optional<LineDriver> installed(Endpoint endpoint) {
    return python()
        .map(
            python ->
                LineDriver.start(
                    "boto3", endpoint, SCRIPTS, List.of(python.toString(), "-B", "driver.py")));
  }

  /** A Python that has boto3. */
  static Optional<Path> python() {
    return Stream.concat(Program.find("python3").stream(), Stream.of(Path.of("/usr/bin/python3")))
        .filter(Boto3::hasBoto3)
        .findFirst();
  }

  private static boolean hasBoto3(Path python) {
    return python.toFile().canExecute()
        && Program.run(SCRIPTS, Map.of(), LIMIT, List.of(python.toString(), "-c", "import boto3"))
            .succeeded();
  }
}
