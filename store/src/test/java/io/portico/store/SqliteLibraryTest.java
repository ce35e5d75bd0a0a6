package io.portico.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In processes of their own: a process loads the library once. */
final class SqliteLibraryTest {
  private static final long PATIENCE_SECONDS = 60;

  @TempDir Path temporary = Path.of("");

  @Test
  void aServerThatIsKilledLeavesNothingInTheTemporaryFolder() throws Exception {
    openAndDie();

    assertThat(list(tmp())).isEmpty();
    assertThat(libraries()).hasSize(1);
  }

  @Test
  void theNextStartFindsTheLibraryAndTakesOlderOnesAway() throws Exception {
    openAndDie();
    Path library = libraries().getFirst();
    Files.setLastModifiedTime(library, FileTime.fromMillis(0));
    Path older = Files.createDirectories(temporary.resolve("data/native/sqlite-1.0-any"));
    Files.writeString(older.resolve("library"), "old");

    openAndDie();

    assertThat(libraries()).containsExactly(library);
    assertThat(Files.getLastModifiedTime(library).toMillis()).isZero();
    assertThat(older).doesNotExist();
  }

  @Test
  void whereTheLibraryCannotBeKeptTheStoreOpensAllTheSame() throws Exception {
    Files.createDirectories(temporary.resolve("data"));
    Files.writeString(temporary.resolve("data/native"), "in the way");

    openAndDie();

    assertThat(temporary.resolve("data/portico.db")).exists();
  }

  /** Run by {@link #openAndDie}. */
  public static final class Opener {
    private Opener() {}

    public static void main(String[] arguments) {
      SqliteRecordStore.open(Path.of(arguments[0]));
      System.out.println("open");
      Runtime.getRuntime().halt(137);
    }
  }

  private void openAndDie() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + tmp(),
                "-cp",
                System.getProperty("java.class.path"),
                Opener.class.getName(),
                temporary.resolve("data").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (InputStream out = process.getInputStream()) {
      assertThat(new String(out.readAllBytes(), StandardCharsets.US_ASCII)).startsWith("open");
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(137);
    } finally {
      process.destroyForcibly();
    }
  }

  private Path tmp() throws IOException {
    return Files.createDirectories(temporary.resolve("tmp"));
  }

  private List<Path> libraries() throws IOException {
    try (Stream<Path> files = Files.walk(temporary.resolve("data/native"))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().contains("sqlite")).toList();
    }
  }
}
