package io.portico.server;

import static io.portico.server.LauncherTree.await;
import static io.portico.server.LauncherTree.end;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.server.LauncherTree.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher finds what it needs, builds what is not built, and says what is missing. */
final class LauncherTest {
  @TempDir Path temporary = Path.of("");
  private LauncherTree tree;

  @BeforeEach
  void plantTree() throws IOException {
    tree = LauncherTree.in(temporary);
  }

  @Test
  void buildsOnceAndPassesTheVerbOn() throws Exception {
    Ended first = tree.launch("serve", "--data", "a b");
    Ended second = tree.launch("serve", "--data", "a b");

    assertThat(first.out()).startsWith("java in ").endsWith("<serve><--data><a b>\n");
    assertThat(second.out()).isEqualTo(first.out());
    assertThat(first.err()).contains("Building Portico");
    assertThat(second.err()).isEmpty();
    assertThat(tree.builds()).hasSize(1);
  }

  @Test
  void startsInTheFolderItWasCalledFrom() throws Exception {
    Path elsewhere = Files.createDirectories(temporary.resolve("elsewhere"));
    Path link = Files.createSymbolicLink(temporary.resolve("link"), tree.tree().resolve("portico"));

    Ended ended =
        end(tree.start(elsewhere, List.of(), List.of(link.toString(), "run", "api.yaml")));

    assertThat(ended.out()).startsWith("java in " + elsewhere.toRealPath());
  }

  @Test
  void startsFromItsOwnFolderWhateverElseHasItsName() throws Exception {
    Path elsewhere = temporary.resolve("elsewhere");
    Files.createDirectories(elsewhere.resolve("a tree"));

    Ended ended =
        end(
            tree.start(
                temporary,
                List.of("CDPATH=" + elsewhere),
                List.of("a tree/portico", "run", "api.yaml")));

    assertThat(ended.out()).startsWith("java in " + temporary.toRealPath());
    assertThat(tree.builds()).hasSize(1);
  }

  @Test
  void aChangedSourceIsNoticedWhateverItsTime() throws Exception {
    tree.launch("version");
    Path source = tree.write("store/src/main/java/A.java", "class B {}");
    Files.setLastModifiedTime(source, FileTime.fromMillis(0));

    tree.launch("version");

    assertThat(tree.builds()).hasSize(2);
  }

  @Test
  void anAddedADeletedAndARenamedSourceAreNoticed() throws Exception {
    tree.launch("version");
    Path added = tree.write("gateway/src/main/resources/table.json", "{}");
    tree.launch("version");
    Files.move(added, added.resolveSibling("other.json"));
    tree.launch("version");
    Files.delete(added.resolveSibling("other.json"));
    Files.delete(tree.tree().resolve("gateway/src/main/java/A.java"));
    tree.launch("version");

    assertThat(tree.builds()).hasSize(4);
  }

  @Test
  void aSourceThatIsOnlyTouchedOrComesBackIsNotBuiltAgain() throws Exception {
    tree.launch("version");
    tree.write("store/src/main/java/A.java", "class Other {}");
    tree.launch("version");
    tree.write("store/src/main/java/A.java", "class A {}");

    Ended ended = tree.launch("version");

    assertThat(ended.status()).isZero();
    assertThat(tree.builds()).hasSize(2);
  }

  @Test
  void keepsAFewBuildsOnly() throws Exception {
    for (int i = 0; i < 5; i++) {
      tree.write("store/src/main/java/A.java", "class A" + i + " {}");
      tree.launch("version");
    }

    try (Stream<Path> kept = Files.list(tree.tree().resolve("target/portico"))) {
      assertThat(kept).hasSize(3);
    }
    tree.launch("version");
    assertThat(tree.builds()).hasSize(5);
  }

  @Test
  void aBuildThatFailsShowsItsErrorsAndLeavesNothing() throws Exception {
    Ended failed = tree.launch(List.of("MVN_FAILS=1"), "version");
    Ended mended = tree.launch("version");

    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.err())
        .contains("[ERROR] A.java: no such symbol")
        .contains("the build failed; the whole log is")
        .contains("target/build.log");
    assertThat(failed.out()).isEmpty();
    assertThat(mended.status()).isZero();
    assertThat(tree.builds()).hasSize(2);
  }

  @Test
  void twoAtOnceBuildOnce() throws Exception {
    Path go = temporary.resolve("go");
    Process first =
        tree.start(tree.tree(), List.of("MVN_WAITS_FOR=" + go), tree.launcher("version"));
    await(() -> !tree.builds().isEmpty());
    Process second =
        tree.start(tree.tree(), List.of("MVN_WAITS_FOR=" + go), tree.launcher("version"));
    String waiting = second.errorReader(UTF_8).readLine();
    Files.createFile(go);

    assertThat(waiting).contains("waiting for another build");
    assertThat(end(first).status()).isZero();
    assertThat(end(second).status()).isZero();
    assertThat(tree.builds()).hasSize(1);
  }

  @Test
  void testsAreRunByMavenOnceTheServerIsBuilt() throws Exception {
    Ended ended = tree.launch("test", "-Dtest=X");

    assertThat(ended.status()).isZero();
    assertThat(tree.builds())
        .containsExactly(
            "-B -ntp -pl gateway,transport,store,lambda-host,server -Dmaven.test.skip=true package",
            "-B -ntp -T 2 -Dportico.home=" + built() + " -Dtest=X verify");
  }

  /** The folder of the only build there is. */
  private Path built() throws IOException {
    try (Stream<Path> kept = Files.list(tree.tree().toRealPath().resolve("target/portico"))) {
      return kept.findFirst().orElseThrow();
    }
  }

  @Test
  void clientsThatAreMissingAndCannotBeInstalledAreNamedInOneLine() throws Exception {
    tree.command("python3", "exit 1");
    tree.command("id", "echo 1000");

    Ended ended = tree.launch("test");

    assertThat(ended.err())
        .containsOnlyOnce("Not found, and not root on a Debian to install them: python3-boto3");
    assertThat(ended.status()).isZero();
  }

  @Test
  void clientsThatAreMissingAreInstalledByRootOnDebian() throws Exception {
    tree.command("python3", "exit 1");
    tree.command("id", "echo 0");
    tree.command("apt-get", "echo \"$@\" >>\"$MVN_LOG.apt\"");

    tree.launch("test");

    assertThat(Files.readAllLines(temporary.resolve("mvn.log.apt")))
        .containsExactly("-q update", "-q install -y --no-install-recommends python3-boto3");
  }

  @Test
  void continuousIntegrationCallsExactlyTest() throws IOException {
    assertThat(Files.readAllLines(Checkout.root().resolve(".ci/run")))
        .last()
        .asString()
        .endsWith("/portico\" test");
  }

  @Test
  void takesJavaHomeThenThePathThenTheUsualFolders() throws Exception {
    Path old = tree.jdk("jdk17", "17.0.2");
    Path newer = tree.jdk("jvms/a27", "27");
    Path right = tree.jdk("jvms/b25", "25");
    Path nothing = Files.createDirectories(temporary.resolve("nothing"));

    assertThat(found(newer, old, nothing)).isEqualTo(newer);
    assertThat(found(old, newer, nothing)).isEqualTo(newer);
    assertThat(found(old, old, temporary.resolve("jvms"))).isEqualTo(right);
    Files.delete(right.resolve("bin/javac"));
    assertThat(found(old, old, temporary.resolve("jvms"))).isEqualTo(newer);
  }

  @Test
  void withoutAJdkOneLineSaysWhatWasLookedForAndWhere() throws Exception {
    Path old = tree.jdk("jdk17", "17.0.2");
    Path folder = Files.createDirectories(temporary.resolve("jvms"));

    Ended ended = findJdk(old, old, folder);

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.err())
        .hasLineCount(1)
        .startsWith("portico: no JDK 25 or newer found; looked at JAVA_HOME (" + old + ": 17)")
        .contains("java on PATH (" + old + "/bin/java: 17)")
        .contains("in " + folder + ". Install one");
  }

  @Test
  void withoutAnyJavaTheLineStillReads() throws Exception {
    Path nothing = Files.createDirectories(temporary.resolve("nothing"));

    Ended ended = findJdk(List.of("JAVA_HOME", "HOME", "PATH=" + tree.programs()), nothing);

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.err())
        .hasLineCount(1)
        .startsWith(
            "portico: no JDK 25 or newer found; looked for java on PATH, in " + nothing + ".");
  }

  @Test
  void withoutMavenOneLineSaysSo() throws Exception {
    Files.delete(tree.commands().resolve("mvn"));

    Ended run = tree.launch("run", "api.yaml");
    Ended test = tree.launch("test");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "portico: Maven not found: looked for mvn on PATH. Install Maven 3.8 or newer.\n");
    assertThat(test).isEqualTo(run);
    assertThat(tree.tree().resolve("target")).doesNotExist();
  }

  @Test
  void anUpToDateBuildNeedsNeitherMavenNorAFolderToWriteTo() throws Exception {
    tree.launch("version");
    Files.delete(tree.commands().resolve("mvn"));
    Map<Path, FileTime> before = times();

    Ended ended = tree.launch("version");

    assertThat(ended.status()).isZero();
    assertThat(ended.err()).isEmpty();
    assertThat(times()).isEqualTo(before);
  }

  @Test
  void whatCannotBeBuiltForWantOfAFolderIsOneLine() throws Exception {
    // A file in the folder's place stops root, too, whom permissions do not.
    tree.write("target", "");

    Ended ended = tree.launch("version");

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.err())
        .isEqualTo(
            "portico: nothing is built of these sources yet, and "
                + tree.tree().toRealPath()
                + "/target cannot be written\n");
    assertThat(tree.builds()).isEmpty();
  }

  @Test
  void boto3MayBelongToAnyPythonOnThePath() throws Exception {
    tree.command("python3", "exit 1");
    Path second = Files.createDirectories(temporary.resolve("second"));
    Files.createSymbolicLink(second.resolve("python3"), tree.commands().resolve("aws"));

    Ended ended =
        tree.launch(
            List.of("PATH=" + tree.commands() + ":" + second + ":" + tree.programs()), "test");

    assertThat(ended.err()).doesNotContain("python3-boto3");
  }

  @Test
  void helpNamesTheVerbsOfACheckoutToo() throws Exception {
    assertThat(tree.launch("--help").out())
        .startsWith(
            "In a checkout: ./portico build, ./portico package, ./portico test [MAVEN-ARGUMENT...]")
        .endsWith("<--help>\n");
  }

  /** When what was last written. */
  private Map<Path, FileTime> times() throws IOException {
    Map<Path, FileTime> times = new TreeMap<>();
    try (Stream<Path> files = Files.walk(tree.tree())) {
      for (Path file : files.toList()) {
        times.put(file, Files.getLastModifiedTime(file));
      }
    }
    return times;
  }

  private Path found(Path javaHome, Path onPath, Path folder) throws Exception {
    Ended ended = findJdk(javaHome, onPath, folder);
    assertThat(ended.err()).isEmpty();
    return Path.of(ended.out().strip());
  }

  private Ended findJdk(Path javaHome, Path onPath, Path folder) throws Exception {
    return findJdk(
        List.of("JAVA_HOME=" + javaHome, "PATH=" + onPath.resolve("bin") + ":" + tree.programs()),
        folder);
  }

  private Ended findJdk(List<String> environment, Path folder) throws Exception {
    String script = ". ./portico; JDK_FOLDERS=('" + folder + "'); find_jdk; echo \"$JDK\"";
    return end(tree.start(tree.tree(), environment, List.of("bash", "-c", script)));
  }
}
