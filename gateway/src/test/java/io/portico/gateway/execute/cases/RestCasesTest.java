package io.portico.gateway.execute.cases;

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

/** Every {@code .case} file of {@code cases/rest}. */
final class RestCasesTest {

  @TestFactory
  Stream<DynamicTest> answersAsItsSourceSays() throws IOException, URISyntaxException {
    Path folder = folder();
    List<Path> files = files(folder);
    assertThat(files).isNotEmpty();
    return files.stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    folder.relativize(file).toString(),
                    file.toUri(),
                    () -> CaseRun.run(CaseFile.read(file))));
  }

  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      return found.filter(file -> file.toString().endsWith(".case")).sorted().toList();
    }
  }

  static Path folder() throws URISyntaxException {
    return Path.of(Objects.requireNonNull(RestCasesTest.class.getResource("/cases/rest")).toURI());
  }
}
