package io.portico.gateway.execute.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogFileTest {
  @TempDir private Path folder;

  private static void write(LogFile file, String line) throws IOException {
    int _ = file.channel().write(StandardCharsets.UTF_8.encode(line + "\n"));
  }

  @Test
  void appendsToWhatIsThere() throws IOException {
    Path path = Files.writeString(folder.resolve("access.log"), "old\n");

    write(new LogFile(path), "new");

    assertThat(path).hasContent("old\nnew");
  }

  @Test
  void goesOnInANewFileWhenTheOldOneIsMovedAway() throws IOException {
    Path path = folder.resolve("access.log");
    LogFile file = new LogFile(path);
    write(file, "before");
    Path rotated = Files.move(path, folder.resolve("access.log.1"));

    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!Files.exists(path) && System.nanoTime() < deadline) {
      write(file, "after");
      LockSupport.parkNanos(2_000_000);
    }

    assertThat(path).hasContent("after");
    assertThat(Files.readString(rotated)).startsWith("before\n");
  }

  @Test
  void aFileThatIsLongEnoughBecomesTheFirstOfThoseThatAreKept() throws IOException {
    Path path = folder.resolve("access.log");
    LogFile file = new LogFile(path, 6, 2);

    for (String line : List.of("first", "second", "third", "fourth")) {
      write(file, line);
    }

    assertThat(path).hasContent("fourth");
    assertThat(folder.resolve("access.log.1")).hasContent("third");
    assertThat(folder.resolve("access.log.2")).hasContent("second");
    assertThat(folder.resolve("access.log.3")).doesNotExist();
  }

  @Test
  void aFileOfWhichNoneIsKeptBeginsAnew() throws IOException {
    Path path = folder.resolve("access.log");
    LogFile file = new LogFile(path, 1, 0);

    write(file, "first");
    write(file, "second");

    assertThat(path).hasContent("second");
    assertThat(folder.resolve("access.log.1")).doesNotExist();
  }

  @Test
  void aFileThatCannotBeMadeIsAnError() {
    assertThatThrownBy(() -> new LogFile(folder.resolve("missing/access.log")).channel())
        .isInstanceOf(IOException.class);
  }

  @Test
  void aFileThatCannotBeRotatedIsAppendedTo() throws IOException {
    Path path = folder.resolve("access.log");
    Files.createDirectories(folder.resolve("access.log.1").resolve("in the way"));
    LogFile file = new LogFile(path, 1, 1);

    for (String line : List.of("first", "second", "third")) {
      write(file, line);
    }

    assertThat(path).hasContent("first\nsecond\nthird");
  }
}
