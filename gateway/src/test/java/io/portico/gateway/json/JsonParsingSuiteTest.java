package io.portico.gateway.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.core.JacksonException;

/** The public suite of JSON texts: what must parse does, what must not is refused. */
final class JsonParsingSuiteTest {

  @TestFactory
  Stream<DynamicTest> textsAreTakenOrRefusedAsTheSuiteSays() throws Exception {
    return files().stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
  }

  @Test
  void theSuiteIsWhole() throws Exception {
    assertThat(files()).hasSize(318);
  }

  private static void check(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    switch (file.getFileName().toString().charAt(0)) {
      case 'y' -> assertThatCode(() -> Json.parse(bytes)).doesNotThrowAnyException();
      case 'n' -> assertThatThrownBy(() -> Json.parse(bytes)).isInstanceOf(JacksonException.class);
      default -> parsesOrRefuses(bytes);
    }
  }

  private static void parsesOrRefuses(byte[] bytes) {
    try {
      assertThat(Json.parse(bytes)).isNotNull();
    } catch (JacksonException e) {
      assertThat(e.getOriginalMessage()).isNotBlank();
    }
  }

  private static List<Path> files() throws IOException, URISyntaxException {
    Path folder = Path.of(JsonParsingSuiteTest.class.getResource("/suites/json-parsing").toURI());
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }
}
