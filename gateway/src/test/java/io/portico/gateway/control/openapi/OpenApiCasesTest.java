package io.portico.gateway.control.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every {@code .case} file of {@code cases/openapi}. */
final class OpenApiCasesTest {
  private static final Pattern FACT = Pattern.compile("(IMP|EXP)-\\d\\d");

  @TestFactory
  Stream<DynamicTest> becomesWhatItsSourceSays() throws Exception {
    Path folder = folder();
    return files(folder).stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    folder.relativize(file).toString(),
                    file.toUri(),
                    () -> new OpenApiCaseRun().run(OpenApiCase.read(file))));
  }

  @Test
  void everyRecordedFactHasACase() throws Exception {
    Set<String> facts = new TreeSet<>();
    for (Path file : files(folder())) {
      Matcher matcher = FACT.matcher(OpenApiCase.read(file).source());
      while (matcher.find()) {
        facts.add(matcher.group());
      }
    }

    assertThat(facts)
        .containsAll(IntStream.rangeClosed(1, 28).mapToObj("IMP-%02d"::formatted).toList())
        .containsAll(IntStream.rangeClosed(1, 9).mapToObj("EXP-%02d"::formatted).toList());
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".case")).sorted().toList();
    }
  }

  private static Path folder() throws URISyntaxException {
    return Path.of(
        Objects.requireNonNull(OpenApiCasesTest.class.getResource("/cases/openapi")).toURI());
  }
}
