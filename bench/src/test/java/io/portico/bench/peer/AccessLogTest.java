package io.portico.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.bench.process.BenchFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AccessLogTest {
  @TempDir private Path folder;

  @Test
  void linesThatComeLaterAreWaitedForAndTaken() throws Exception {
    Path file = Files.writeString(folder.resolve("access.log"), "one\n");
    Thread writer = Thread.ofPlatform().start(() -> append(file));

    new AccessLog(file).take(2);

    writer.join();
    assertThat(file).isEmptyFile();
  }

  @Test
  void fewerLinesThanCallsAreAFailure() throws IOException {
    Path file = Files.writeString(folder.resolve("access.log"), "one\ntwo\nhalf of thr");

    assertThatThrownBy(() -> new AccessLog(file).take(3))
        .isInstanceOf(BenchFailure.class)
        .hasMessageContaining("2 lines for 3 calls");
  }

  private static void append(Path file) {
    try {
      Files.writeString(file, "two\n", StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
