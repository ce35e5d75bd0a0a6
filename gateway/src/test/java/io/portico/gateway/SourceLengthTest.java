package io.portico.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One idea a file: no source file of any module is longer than 500 lines. */
final class SourceLengthTest {
  private static final int MOST_LINES = 500;

  @Test
  void noSourceFileIsLongerThanFiveHundredLines() throws IOException {
    List<Path> sources = sources(root());

    List<String> tooLong =
        sources.stream()
            .filter(source -> lines(source) > MOST_LINES)
            .map(source -> source + ": " + lines(source) + " lines")
            .toList();

    assertThat(sources).hasSizeGreaterThan(50);
    assertThat(tooLong).isEmpty();
  }

  /** The folder above the modules, wherever the test is started. */
  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("gateway"))) {
      folder = Objects.requireNonNull(folder.getParent(), "no folder above holds the modules");
    }
    return folder;
  }

  private static List<Path> sources(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.toString().contains("/target/"))
          .toList();
    }
  }

  private static long lines(Path source) {
    try (Stream<String> lines = Files.lines(source)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
