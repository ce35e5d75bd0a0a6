package io.portico.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a tree of its own, with a Maven and a JDK that only say how they were called. */
final class LauncherTest {
  private static final long PATIENCE_SECONDS = 60;

  @TempDir Path temporary = Path.of("");
  private Path tree = Path.of("");
  private Path commands = Path.of("");

  @BeforeEach
  void plantTree() throws IOException {
    tree = Files.createDirectories(temporary.resolve("a tree"));
    commands = Files.createDirectories(temporary.resolve("bin"));
    Files.copy(
        Checkout.root().resolve("portico"),
        tree.resolve("portico"),
        StandardCopyOption.COPY_ATTRIBUTES);
    write("pom.xml", "<project/>");
    write(".mvn/jvm.config", "");
    for (String module : List.of("gateway", "transport", "store", "server")) {
      write(module + "/pom.xml", "<project/>");
      write(module + "/src/main/java/A.java", "class A {}");
    }
    jdk(temporary.resolve("jdk25"), "25.0.1");
    command(
        "mvn",
        """
        echo "$@" >>"$MVN_LOG"
        echo "[INFO] Building Portico server 1.0 [1/1]"
        [ -z "${MVN_WAITS_FOR:-}" ] || until [ -e "$MVN_WAITS_FOR" ]; do sleep 0.05; done
        if [ -n "${MVN_FAILS:-}" ]; then echo "[ERROR] A.java: no such symbol"; exit 1; fi
        mkdir -p server/target/dist/lib
        echo jar >server/target/dist/portico.jar
        echo options >server/target/dist/jvm.options
        """);
    for (String client : List.of("aws", "python3", "node", "npm", "terraform")) {
      command(client, "exit 0");
    }
  }

  @Test
  void buildsOnceAndPassesTheVerbOn() throws Exception {
    Ended first = launch("serve", "--data", "a b");
    Ended second = launch("serve", "--data", "a b");

    assertThat(first.out()).startsWith("java in ").endsWith("<serve><--data><a b>\n");
    assertThat(second.out()).isEqualTo(first.out());
    assertThat(first.err()).contains("Building Portico");
    assertThat(second.err()).isEmpty();
    assertThat(builds()).hasSize(1);
  }

  @Test
  void startsInTheFolderItWasCalledFrom() throws Exception {
    Path elsewhere = Files.createDirectories(temporary.resolve("elsewhere"));
    Path link = Files.createSymbolicLink(temporary.resolve("link"), tree.resolve("portico"));

    Ended ended = run(elsewhere, link.toString(), "run", "api.yaml");

    assertThat(ended.out()).startsWith("java in " + elsewhere.toRealPath());
  }

  @Test
  void aChangedSourceIsNoticedWhateverItsTime() throws Exception {
    launch("version");
    Path source = write("store/src/main/java/A.java", "class B {}");
    Files.setLastModifiedTime(source, FileTime.fromMillis(0));

    launch("version");

    assertThat(builds()).hasSize(2);
  }

  @Test
  void anAddedADeletedAndARenamedSourceAreNoticed() throws Exception {
    launch("version");
    Path added = write("gateway/src/main/resources/table.json", "{}");
    launch("version");
    Files.move(added, added.resolveSibling("other.json"));
    launch("version");
    Files.delete(added.resolveSibling("other.json"));
    Files.delete(tree.resolve("gateway/src/main/java/A.java"));
    launch("version");

    assertThat(builds()).hasSize(4);
  }

  @Test
  void aSourceThatIsOnlyTouchedOrComesBackIsNotBuiltAgain() throws Exception {
    launch("version");
    write("store/src/main/java/A.java", "class Other {}");
    launch("version");
    write("store/src/main/java/A.java", "class A {}");

    Ended ended = launch("version");

    assertThat(ended.status()).isZero();
    assertThat(builds()).hasSize(2);
  }

  @Test
  void keepsAFewBuildsOnly() throws Exception {
    for (int i = 0; i < 5; i++) {
      write("store/src/main/java/A.java", "class A" + i + " {}");
      launch("version");
    }

    try (Stream<Path> kept = Files.list(tree.resolve("target/portico"))) {
      assertThat(kept).hasSize(3);
    }
    launch("version");
    assertThat(builds()).hasSize(5);
  }

  @Test
  void aBuildThatFailsShowsItsErrorsAndLeavesNothing() throws Exception {
    Ended failed = launch(List.of("MVN_FAILS=1"), "version");
    Ended mended = launch("version");

    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.err())
        .contains("[ERROR] A.java: no such symbol")
        .contains("the build failed; the whole log is")
        .contains("target/build.log");
    assertThat(failed.out()).isEmpty();
    assertThat(mended.status()).isZero();
    assertThat(builds()).hasSize(2);
  }

  @Test
  void twoAtOnceBuildOnce() throws Exception {
    Path go = temporary.resolve("go");
    Process first = start(tree, List.of("MVN_WAITS_FOR=" + go), launcher("version"));
    await(() -> !builds().isEmpty());
    Process second = start(tree, List.of("MVN_WAITS_FOR=" + go), launcher("version"));
    String waiting = second.errorReader(UTF_8).readLine();
    Files.createFile(go);

    assertThat(waiting).contains("waiting for another build");
    assertThat(end(first).status()).isZero();
    assertThat(end(second).status()).isZero();
    assertThat(builds()).hasSize(1);
  }

  @Test
  void testsAreRunByMavenOnceTheServerIsBuilt() throws Exception {
    Ended ended = launch("test", "-Dtest=X");

    assertThat(ended.status()).isZero();
    assertThat(builds())
        .containsExactly(
            "-B -ntp -pl gateway,transport,store,server -Dmaven.test.skip=true package",
            "-B -ntp -Dtest=X verify");
  }

  @Test
  void clientsThatAreMissingAndCannotBeInstalledAreNamedInOneLine() throws Exception {
    command("python3", "exit 1");
    command("id", "echo 1000");

    Ended ended = launch("test");

    assertThat(ended.err())
        .containsOnlyOnce("Not found, and not root on a Debian to install them: python3-boto3");
    assertThat(ended.status()).isZero();
  }

  @Test
  void clientsThatAreMissingAreInstalledByRootOnDebian() throws Exception {
    command("python3", "exit 1");
    command("id", "echo 0");
    command("apt-get", "echo \"$@\" >>\"$MVN_LOG.apt\"");

    launch("test");

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
    Path old = jdk(temporary.resolve("jdk17"), "17.0.2");
    Path newer = jdk(temporary.resolve("jvms/a27"), "27");
    Path right = jdk(temporary.resolve("jvms/b25"), "25");
    Path nothing = Files.createDirectories(temporary.resolve("nothing"));

    assertThat(found(newer, old, nothing)).isEqualTo(newer);
    assertThat(found(old, newer, nothing)).isEqualTo(newer);
    assertThat(found(old, old, temporary.resolve("jvms"))).isEqualTo(right);
    Files.delete(right.resolve("bin/javac"));
    assertThat(found(old, old, temporary.resolve("jvms"))).isEqualTo(newer);
  }

  @Test
  void withoutAJdkOneLineSaysWhatWasLookedForAndWhere() throws Exception {
    Path old = jdk(temporary.resolve("jdk17"), "17.0.2");
    Path folder = Files.createDirectories(temporary.resolve("jvms"));

    Ended ended = findJdk(old, old, folder);

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.err())
        .hasLineCount(1)
        .startsWith("portico: no JDK 25 or newer found; looked at JAVA_HOME (" + old + ": 17)")
        .contains("java on PATH (" + old + "/bin/java: 17)")
        .contains("in " + folder + ". Install one");
  }

  private Path found(Path javaHome, Path onPath, Path folder) throws Exception {
    Ended ended = findJdk(javaHome, onPath, folder);
    assertThat(ended.err()).isEmpty();
    return Path.of(ended.out().strip());
  }

  private Ended findJdk(Path javaHome, Path onPath, Path folder) throws Exception {
    String script = ". ./portico; JDK_FOLDERS=('" + folder + "'); find_jdk; echo \"$JDK\"";
    return end(
        start(
            tree,
            List.of("JAVA_HOME=" + javaHome, "PATH=" + onPath.resolve("bin") + ":/usr/bin:/bin"),
            List.of("bash", "-c", script)));
  }

  private record Ended(int status, String out, String err) {}

  private Ended launch(String... arguments) throws Exception {
    return launch(List.of(), arguments);
  }

  private Ended launch(List<String> environment, String... arguments) throws Exception {
    return end(start(tree, environment, launcher(arguments)));
  }

  private List<String> launcher(String... arguments) {
    return Stream.concat(Stream.of(tree.resolve("portico").toString()), Stream.of(arguments))
        .toList();
  }

  private Ended run(Path folder, String... command) throws Exception {
    return end(start(folder, List.of(), List.of(command)));
  }

  private Process start(Path folder, List<String> environment, List<String> command)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().remove("PORTICO_BUILDING");
    builder.environment().put("JAVA_HOME", temporary.resolve("jdk25").toString());
    builder.environment().put("PATH", commands + ":/usr/bin:/bin");
    builder.environment().put("MVN_LOG", temporary.resolve("mvn.log").toString());
    for (String variable : environment) {
      int equals = variable.indexOf('=');
      builder.environment().put(variable.substring(0, equals), variable.substring(equals + 1));
    }
    return builder.start();
  }

  private static Ended end(Process process) throws Exception {
    try {
      // What these print fits into a pipe, so that none of them waits for its reader.
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
      return new Ended(
          process.exitValue(),
          new String(process.getInputStream().readAllBytes(), UTF_8),
          new String(process.getErrorStream().readAllBytes(), UTF_8));
    } finally {
      process.destroyForcibly();
    }
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  /** How Maven was called. */
  private List<String> builds() throws IOException {
    Path log = temporary.resolve("mvn.log");
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  private Path write(String file, String content) throws IOException {
    Path path = tree.resolve(file);
    Files.createDirectories(Objects.requireNonNull(path.getParent()));
    return Files.writeString(path, content);
  }

  private void command(String name, String script) throws IOException {
    executable(commands.resolve(name), script);
  }

  private static Path jdk(Path home, String version) throws IOException {
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    executable(home.resolve("bin/javac"), "exit 0");
    executable(
        home.resolve("bin/java"),
        """
        printf 'java in %s: ' "$PWD"
        while [ "$1" != -jar ]; do shift; done
        shift 2
        printf '<%s>' "$@"
        echo
        """);
    return home;
  }

  private static void executable(Path file, String script) throws IOException {
    Files.writeString(file, "#!/usr/bin/env bash\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
