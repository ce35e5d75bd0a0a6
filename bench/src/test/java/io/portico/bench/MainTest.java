package io.portico.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class MainTest {

  @Test
  void everyCaseHasItsSection() throws IOException {
    String page = Files.readString(Path.of("../docs/performance.md"));

    assertThat(Main.cases().keySet())
        .isNotEmpty()
        .allSatisfy(
            name ->
                assertThat(page)
                    .contains(
                        "<!-- bench " + name + " -->\n", "<!-- end of bench " + name + " -->"));
  }
}
