package io.portico.gateway.control.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every {@code .case} file of {@code cases/control}. */
class ControlCasesTest {

  @TestFactory
  Stream<DynamicTest> answersAsItsSourceSays() throws IOException, URISyntaxException {
    Path folder = folder();
    return files(folder).stream()
        .filter(file -> !file.startsWith(folder.resolve("given")))
        .map(
            file ->
                DynamicTest.dynamicTest(
                    folder.relativize(file).toString(), file.toUri(), () -> run(folder, file)));
  }

  /** Those of a folder and all below it. */
  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      List<Path> files = found.filter(file -> file.toString().endsWith(".case")).sorted().toList();
      assertThat(files).isNotEmpty();
      return files;
    }
  }

  private static void run(Path folder, Path file) {
    run(folder, ControlCase.read(file), new ControlCaseRun());
  }

  static void run(Path folder, ControlCase steps, ControlCaseRun run) {
    if (steps.given() != null) {
      run(folder, ControlCase.read(folder.resolve("given").resolve(steps.given() + ".case")), run);
    }
    run.run(steps);
  }

  static Path folder() throws URISyntaxException {
    return Path.of(
        Objects.requireNonNull(ControlCasesTest.class.getResource("/cases/control")).toURI());
  }
}
