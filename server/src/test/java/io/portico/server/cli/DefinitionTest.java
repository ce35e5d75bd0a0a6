package io.portico.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DefinitionTest {
  @TempDir Path folder = Path.of("");

  @Test
  void ofAFolderTakesItsDefinitionsByName() throws IOException {
    write("b.yaml", "openapi: 3.0.1\npaths: {}");
    write("a.json", "{\"swagger\": \"2.0\"}");
    write("c.yml", "openapi: 3.0.1");
    write("package.json", "{\"name\": \"x\"}");
    write("tsconfig.json", "{ // with a comment\n}");
    write("README.md", "openapi: 3.0.1");
    Files.createDirectories(folder.resolve("d.yaml"));

    assertThat(Definition.in(List.of(folder)))
        .extracting(definition -> definition.file().getFileName().toString())
        .containsExactly("a.json", "b.yaml", "c.yml");
  }

  @Test
  void aFileThatIsNamedMustBeOne() throws IOException {
    Path other = write("package.json", "{\"name\": \"x\"}");
    Path absent = folder.resolve("absent.yaml");

    assertThatThrownBy(() -> Definition.in(List.of(other)))
        .isInstanceOf(DefinitionException.class)
        .hasMessage(other + " is no OpenAPI definition: it has neither openapi nor swagger");
    assertThatThrownBy(() -> Definition.in(List.of(absent)))
        .isInstanceOf(DefinitionException.class)
        .hasMessage("no such file or folder: " + absent);
  }

  @Test
  void aFolderWithoutOneIsRefused() {
    assertThatThrownBy(() -> Definition.in(List.of(folder)))
        .isInstanceOf(DefinitionException.class)
        .hasMessageStartingWith(folder + " holds no OpenAPI definition");
  }

  @Test
  void aBrokenDefinitionIsNamedInOneLine() throws IOException {
    write("api.yaml", "openapi: 3.0.1\n  paths: [");

    assertThatThrownBy(() -> Definition.in(List.of(folder)))
        .isInstanceOf(DefinitionException.class)
        .message()
        .hasLineCount(1)
        .startsWith(folder.resolve("api.yaml") + " is no YAML: ");
  }

  @Test
  void brokenJsonIsNamedWithItsLine() throws IOException {
    Path file = write("api.json", "{\"openapi\": \"3.0.1\",\n\"paths\" {}}");

    assertThatThrownBy(() -> Definition.in(List.of(file)))
        .isInstanceOf(DefinitionException.class)
        .message()
        .hasLineCount(1)
        .startsWith(file + " is no JSON: line 2: ");
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }
}
