package io.portico.server;

import static io.portico.server.LauncherTree.await;
import static io.portico.server.LauncherTree.end;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.portico.server.LauncherTree.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A build that is stopped ends whole, and what it left is not taken for a build. */
final class StoppedBuildTest {
  @TempDir Path temporary = Path.of("");
  private LauncherTree tree;

  @BeforeEach
  void plantTree() throws IOException {
    tree = LauncherTree.in(temporary);
  }

  @AfterEach
  void endAll() throws IOException {
    tree.close();
  }

  @ParameterizedTest
  @CsvSource({"TERM, version, 143", "HUP, version, 129", "INT, version, 130", "TERM, test, 143"})
  void aSignalToTheLauncherStopsAllItBegan(String signal, String verb, int status)
      throws Exception {
    Process launcher = startBuild(verb);
    long maven = mavenOf(launcher);

    signal(signal, String.valueOf(launcher.pid()));
    Ended ended = end(launcher);

    assertThat(ended.status()).isEqualTo(status);
    assertThat(ended.err()).endsWith("portico: stopped\n");
    awaitEndOf(maven);
    assertThat(tree.tree().resolve("target/portico")).doesNotExist();
  }

  @Test
  void controlCStopsAllItBegan() throws Exception {
    Process launcher = startBuild("version");
    long maven = mavenOf(launcher);

    signal("INT", "-" + launcher.pid());
    Ended ended = end(launcher);

    assertThat(ended.status()).isEqualTo(130);
    assertThat(ended.err()).isEqualTo("Building Portico\nportico: stopped\n");
    awaitEndOf(maven);
  }

  @ParameterizedTest
  @ValueSource(strings = {"version", "test"})
  void theNextBuildTrustsNothingThatIsHalfWritten(String verb) throws Exception {
    if (verb.equals("test")) {
      tree.launch("build");
      Files.delete(temporary.resolve("mvn.log.pid"));
    }
    int builds = tree.builds().size();
    Process launcher = startBuild(verb);
    long maven = mavenOf(launcher);
    signal("TERM", String.valueOf(launcher.pid()));
    end(launcher);
    awaitEndOf(maven);

    Ended next = tree.launch(verb);

    assertThat(next.status()).isZero();
    assertThat(tree.builds())
        .hasSizeGreaterThanOrEqualTo(builds + 2)
        .noneMatch(line -> line.startsWith("trusts"));
  }

  @Test
  void theLockIsMavensTooWhileTheLauncherIsKilled() throws Exception {
    Path go = temporary.resolve("go");
    Process killed =
        tree.start(tree.tree(), List.of("MVN_WAITS_FOR=" + go), tree.launcher("version"));
    mavenOf(killed);
    killed.destroyForcibly().waitFor();
    Process next = tree.start(tree.tree(), List.of(), tree.launcher("version"));
    String waiting = next.errorReader(UTF_8).readLine();
    Files.createFile(go);

    assertThat(waiting).contains("waiting for another build");
    assertThat(end(next).status()).isZero();
    assertThat(tree.builds()).hasSize(2);
  }

  @Test
  void aBuildStoppedInItsRehearsalIsMadeAgain() throws Exception {
    Process launcher =
        tree.start(tree.tree(), List.of("REHEARSAL_WAITS_FOR=never"), tree.launcher("version"));
    long rehearsal = pid(launcher, "mvn.log.rehearsal");
    signal("TERM", String.valueOf(launcher.pid()));
    end(launcher);
    awaitEndOf(rehearsal);

    Ended next = tree.launch("version");

    assertThat(next.status()).isZero();
    assertThat(tree.builds()).hasSize(2);
    try (Stream<Path> builds = Files.list(tree.tree().resolve("target/portico"))) {
      assertThat(builds)
          .singleElement()
          .satisfies(it -> assertThat(it.resolve("complete")).exists());
    }
  }

  /** In a group of its own, and with no signal ignored, as a terminal starts it. */
  private Process startBuild(String verb) throws IOException {
    assumeTrue(Files.exists(tree.programs().resolve("setsid")), "setsid is not installed");
    List<String> command =
        Stream.concat(Stream.of("setsid", "env", "--default-signal"), tree.launcher(verb).stream())
            .toList();
    return tree.start(tree.tree(), List.of("MVN_WAITS_FOR=never"), command);
  }

  private long mavenOf(Process launcher) throws Exception {
    return pid(launcher, "mvn.log.pid");
  }

  private long pid(Process launcher, String file) throws Exception {
    Path written = temporary.resolve(file);
    await(
        () -> {
          assertThat(launcher.isAlive()).isTrue();
          return Files.exists(written) && Files.readString(written).endsWith("\n");
        });
    return Long.parseLong(Files.readString(written).strip());
  }

  private static void awaitEndOf(long pid) throws Exception {
    await(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
  }

  private static void signal(String name, String target) throws Exception {
    Process kill =
        new ProcessBuilder("bash", "-c", "kill -s " + name + " -- " + target).inheritIO().start();
    assertThat(kill.waitFor()).isZero();
  }
}
