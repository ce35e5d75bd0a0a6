package io.portico.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.process.Program;
import io.portico.conformance.process.Program.Outcome;
import io.portico.conformance.server.PorticoProcess;
import io.portico.conformance.wire.Caller;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the archive holds, unpacked in some folder: it starts there, whatever its class cache is,
 * and here has none at first.
 */
final class UnpackedServerTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Path PETSTORE =
      Path.of(System.getProperty("portico.repository", ".."), "examples/01-petstore")
          .toAbsolutePath()
          .normalize();

  /** The JVM ends at once where it cannot use the cache it is given, or where that is damaged. */
  private static final Map<String, String> WITH_THE_CACHE_ONLY =
      Map.of(
          "PORTICO_JAVA_OPTS",
          "-XX:AOTMode=on -XX:+UnlockDiagnosticVMOptions -XX:+VerifySharedSpaces");

  @TempDir static Path temporary = Path.of("");
  private static Path home = Path.of("");

  @BeforeAll
  static void unpack() throws IOException {
    home = copy(PorticoProcess.home(), temporary.resolve("portico one"));
    Files.deleteIfExists(cache(home));
    assertThat(launch(Map.of(), "version").exit()).isZero();
  }

  @Test
  void itsFirstStartLeavesACacheThatTheNextOnesUse() {
    Outcome dev = launch(WITH_THE_CACHE_ONLY, "version");
    Outcome prod =
        launch(
            Map.of(
                "PORTICO_PROFILE",
                "prod",
                "PORTICO_JAVA_OPTS",
                WITH_THE_CACHE_ONLY.get("PORTICO_JAVA_OPTS")),
            "version");

    assertThat(dev.exit()).as("%s", dev).isZero();
    assertThat(prod.exit()).as("%s", prod).isZero();
  }

  @Test
  void itSaysWhichProfileItTakesAndWhatItChoseForTheMachine() {
    Outcome usual = launch(Map.of(), "config");
    Outcome named = launch(Map.of("PORTICO_PROFILE", "prod"), "config");

    assertThat(usual.out())
        .contains("#   profile: dev for run, prod for serve; PORTICO_PROFILE names another\n")
        .containsPattern("#   event loops: (io_uring|epoll|NIO)");
    assertThat(named.out()).contains("#   profile: prod, by PORTICO_PROFILE\n");
  }

  @Test
  void aCollectorOfTheUsersReplacesThatOfTheProfile() {
    Outcome outcome = launch(Map.of("PORTICO_JAVA_OPTS", "-XX:+UseG1GC"), "version");

    assertThat(outcome.exit()).as("%s", outcome).isZero();
  }

  @Test
  void itServesAnExample() {
    assertItServes(home);
  }

  @Test
  void itStartsWithACacheThatIsCutOff() throws IOException {
    Path other = copy(home, temporary.resolve("cut off"));
    assertThat(launch(other, Map.of(), "version").exit()).isZero();
    try (RandomAccessFile cache = new RandomAccessFile(cache(other).toFile(), "rw")) {
      cache.setLength(cache.length() / 2);
    }

    assertItServes(other);
  }

  @Test
  void whatWasDamagedOnItsWayIsMadeAgain() throws IOException {
    Path other = copy(home, temporary.resolve("damaged"));
    try (RandomAccessFile cache = new RandomAccessFile(cache(other).toFile(), "rw")) {
      byte[] wrong = new byte[4096];
      for (long at = cache.length() / 8; at < cache.length(); at += cache.length() / 8) {
        cache.seek(at);
        cache.write(wrong);
      }
    }

    assertItServes(other);
    Outcome mended = launch(other, WITH_THE_CACHE_ONLY, "version");
    assertThat(mended.exit()).as("%s", mended).isZero();
  }

  @Test
  void itStartsWithoutACacheWhereNoneCanBeMade() throws IOException {
    Path other = copy(home, temporary.resolve("no cache"));
    Files.delete(cache(other));
    // A folder stands where the cache goes.
    Files.createDirectories(cache(other).resolve("occupied"));

    assertThat(assertItServes(other)).contains("portico: starts stay slower than they could be");
  }

  /** Gives what it printed. */
  private static String assertItServes(Path folder) {
    try (PorticoProcess process =
        PorticoProcess.start(
            PorticoProcess.withJdk(Map.of()),
            List.of(launcher(folder), "run", "--port", "0", PETSTORE.toString()))) {
      String url = process.awaitLine(line -> line.startsWith("  http://")).strip();

      HttpResponse<String> answer = Caller.get(URI.create(url + "/pets"));

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("\"type\": \"dog\"");
      return process.output();
    }
  }

  private static Outcome launch(Map<String, String> environment, String... arguments) {
    return launch(home, environment, arguments);
  }

  private static Outcome launch(Path folder, Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>(List.of(launcher(folder)));
    command.addAll(List.of(arguments));
    return Program.run(temporary, PorticoProcess.withJdk(environment), LIMIT, command);
  }

  private static String launcher(Path folder) {
    return folder.resolve("bin/portico").toString();
  }

  private static Path cache(Path folder) {
    return folder.resolve("portico.aot");
  }

  /** With the times of the files, as an archive keeps them. */
  private static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    Path launcher = to.resolve("bin/portico");
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    return to;
  }
}
