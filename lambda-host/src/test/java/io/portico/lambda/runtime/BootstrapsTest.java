package io.portico.lambda.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BootstrapsTest {
  @TempDir Path folder = Path.of("");

  @Test
  void whatCannotBeWrittenIsWrittenTheNextTime() throws IOException {
    Bootstraps bootstraps = new Bootstraps(folder.resolve("runtime"));
    Path inTheWay = Files.createFile(folder.resolve("runtime"));
    assertThatThrownBy(bootstraps::node).isInstanceOf(IOException.class);
    Files.delete(inTheWay);

    Path started = bootstraps.node();

    assertThat(started).content().contains("import ");
    try (Stream<Path> files = Files.list(started.resolve("..").normalize())) {
      assertThat(files)
          .hasSizeGreaterThan(5)
          .allSatisfy(file -> assertThat(file).hasExtension("mjs").isNotEmptyFile());
    }
  }
}
