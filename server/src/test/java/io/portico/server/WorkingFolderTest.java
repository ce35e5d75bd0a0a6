package io.portico.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkingFolderTest {
  @TempDir private Path parent;

  /** A process that has one until it is killed. */
  static final class Another {
    private Another() {}

    public static void main(String[] arguments) throws IOException {
      WorkingFolder made = WorkingFolder.make(Path.of(arguments[0]));
      Files.writeString(made.path().resolve("left"), "left");
      System.out.println(made.path());
      // Until its input ends, at the latest with the process that has started it.
      System.in.transferTo(System.out);
    }
  }

  private Process another() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Another.class.getName(),
            parent.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> entries = Files.list(parent)) {
      return entries.toList();
    }
  }

  @Test
  void whatAKilledProcessHasLeftIsDeletedAndWhatALivingOneHasIsNot() throws Exception {
    Process another = another();
    try (BufferedReader said = another.inputReader(StandardCharsets.UTF_8);
        WorkingFolder own = WorkingFolder.make(parent)) {
      Path its = Path.of(String.valueOf(said.readLine()));

      own.sweep();
      assertThat(its.resolve("left")).exists();

      another.destroyForcibly();
      assertThat(another.waitFor(20, TimeUnit.SECONDS)).isTrue();
      own.sweep();
      assertThat(its).doesNotExist();
      assertThat(left()).hasSize(2);
      assertThat(own.path()).isDirectory();
    } finally {
      another.destroyForcibly();
    }
    assertThat(left()).isEmpty();
  }

  @Test
  void othersOfThisProcessStay() throws IOException {
    try (WorkingFolder first = WorkingFolder.make(parent);
        WorkingFolder second = WorkingFolder.make(parent)) {

      first.sweep();

      assertThat(second.path()).isDirectory();
      assertThat(second.path()).isNotEqualTo(first.path());
    }
  }

  @Test
  void whatALockLeadsToElsewhereStays() throws IOException {
    Path precious = Files.createDirectory(parent.resolve("precious"));
    Files.writeString(precious.resolve("file"), "kept");
    Files.createSymbolicLink(parent.resolve("portico-lambda-1"), precious);
    Files.createFile(parent.resolve("portico-lambda-1.lock"));
    Files.createSymbolicLink(parent.resolve("portico-lambda-2.lock"), precious.resolve("file"));
    Files.createDirectory(parent.resolve("portico-lambda-2"));
    Files.createDirectory(parent.resolve("portico-lambda-without-lock"));

    try (WorkingFolder own = WorkingFolder.make(parent)) {
      own.sweep();
    }

    assertThat(precious.resolve("file")).hasContent("kept");
    assertThat(parent.resolve("portico-lambda-2")).isDirectory();
    assertThat(parent.resolve("portico-lambda-without-lock")).isDirectory();
  }
}
