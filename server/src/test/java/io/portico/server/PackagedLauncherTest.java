package io.portico.server;

import static io.portico.server.LauncherTree.end;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.server.LauncherTree.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher of the archive, which starts the server in a checkout, too. */
final class PackagedLauncherTest {
  @TempDir Path temporary = Path.of("");
  private LauncherTree tree;

  @BeforeEach
  void plantTree() throws IOException {
    tree = LauncherTree.in(temporary);
  }

  @Test
  void runIsSmallAndServeIsForThroughput() throws Exception {
    tree.launch("run", "api.yaml");
    List<String> run = tree.options();
    tree.launch("serve");
    List<String> serve = tree.options();

    assertThat(run).element(1).asString().endsWith("/jvm-dev.options");
    assertThat(serve).element(1).asString().endsWith("/jvm-prod.options");
  }

  @Test
  void theEnvironmentNamesAnotherProfile() throws Exception {
    tree.launch(List.of("PORTICO_PROFILE=prod"), "run", "api.yaml");
    List<String> run = tree.options();
    tree.launch(List.of("PORTICO_PROFILE=dev"), "serve");
    List<String> serve = tree.options();

    assertThat(run).element(1).asString().endsWith("/jvm-prod.options");
    assertThat(serve).element(1).asString().endsWith("/jvm-dev.options");
  }

  @Test
  void onlyTheJdkThatAFileNamesTakesItsOptions() throws Exception {
    tree.write("server/src/main/dist/jvm-dev-25.options", "");
    tree.write("server/src/main/dist/jvm-prod-24.options", "");

    tree.launch("run", "api.yaml");
    List<String> run = tree.options();
    tree.launch("serve");
    List<String> serve = tree.options();

    assertThat(run).element(2).asString().endsWith("/jvm-dev-25.options");
    assertThat(serve).noneMatch(option -> option.contains("jvm-prod-24"));
  }

  @Test
  void aProfileThatThereIsNotIsRefusedInOneLine() throws Exception {
    tree.launch("build");

    Ended ended = tree.launch(List.of("PORTICO_PROFILE=fast"), "serve");

    assertThat(ended.status()).isEqualTo(3);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .isEqualTo("portico: PORTICO_PROFILE: \"fast\": allowed is dev or prod\n");
  }

  @Test
  void optionsOfTheEnvironmentComeLast() throws Exception {
    tree.launch(List.of("PORTICO_JAVA_OPTS=-Xmx1g -Dmine=1"), "serve");

    assertThat(tree.options()).endsWith("-Xmx1g", "-Dmine=1").doesNotContain("-XX:-UseParallelGC");
  }

  @Test
  void aCollectorOfTheEnvironmentReplacesThatOfTheProfile() throws Exception {
    List<String> environment = List.of("PORTICO_JAVA_OPTS=-Xmx1g -XX:+UseG1GC");
    tree.launch(environment, "serve");
    List<String> prod = tree.options();
    tree.launch(environment, "run", "api.yaml");
    List<String> dev = tree.options();

    assertThat(prod).endsWith("-XX:-UseParallelGC", "-Xmx1g", "-XX:+UseG1GC");
    assertThat(dev).contains("-XX:-UseSerialGC").containsSequence("-Xmx1g", "-XX:+UseG1GC");
  }

  @Test
  void newObjectsOfServeGetAShareOfTheCacheUnlessTheEnvironmentSizesTheHeap() throws Exception {
    tree.launch("serve");
    List<String> unsized = tree.options();
    tree.launch("run", "api.yaml");
    List<String> run = tree.options();
    tree.launch(List.of("PORTICO_JAVA_OPTS=-Xmx64m"), "serve");
    List<String> sized = tree.options();
    tree.launch(List.of("PORTICO_JAVA_OPTS=-XX:+UseG1GC"), "serve");
    List<String> collected = tree.options();

    assertThat(unsized).anyMatch(option -> option.matches("-XX:MaxNewSize=[1-9]\\d*m"));
    assertThat(List.of(run, sized, collected))
        .allSatisfy(options -> assertThat(options).noneMatch(o -> o.contains("NewSize")));
  }

  @Test
  void theArchiveHoldsTheServerInAFolderOfItsVersion() throws Exception {
    Ended ended = tree.launch("package");

    Path archive = tree.tree().toRealPath().resolve("target/portico-1.0.tar.gz");
    assertThat(ended.out()).isEqualTo("Packaged " + archive + "\n");
    Path home = unpack(archive).resolve("portico-1.0");
    assertThat(home.resolve("bin/portico")).isExecutable();
    try (Stream<Path> files = Files.list(home)) {
      assertThat(files.map(file -> String.valueOf(file.getFileName())))
          .contains("portico.jar", "lib", "jvm.options", "portico.aot")
          .doesNotContain("complete", "portico.aot.for");
    }
    try (Stream<Path> left = Files.list(tree.tree().resolve("target"))) {
      assertThat(left.map(file -> String.valueOf(file.getFileName())))
          .noneMatch(name -> name.startsWith("archive"));
    }
  }

  @Test
  void whatIsUnpackedNeedsNoCheckout() throws Exception {
    Path home = installed();

    Ended ended =
        end(tree.start(temporary, List.of(), List.of(home + "/bin/portico", "run", "a b.yaml")));

    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).isEqualTo("java in " + temporary.toRealPath() + ": <run><a b.yaml>\n");
    assertThat(tree.options()).contains("-XX:AOTCache=" + home.toRealPath() + "/portico.aot");
  }

  @Test
  void itStartsFromItsOwnFolderWhateverElseHasItsName() throws Exception {
    Path home = installed();
    String launcher = temporary.relativize(home) + "/bin/portico";
    Path elsewhere = temporary.resolve("elsewhere");
    Files.createDirectories(elsewhere.resolve(launcher).resolveSibling("."));

    Ended ended =
        end(
            tree.start(
                temporary, List.of("CDPATH=" + elsewhere), List.of(launcher, "run", "a.yaml")));

    assertThat(ended.err()).isEmpty();
    assertThat(tree.options()).contains("-XX:AOTCache=" + home.toRealPath() + "/portico.aot");
  }

  @Test
  void aRehearsalThatFailsIsTriedAgain() throws Exception {
    Path home = installed();
    Files.writeString(home.resolve("portico.aot"), "of another JDK");
    List<String> run = List.of(home + "/bin/portico", "run", "a.yaml");

    Ended first = end(tree.start(temporary, List.of("REHEARSAL_EXITS=1"), run));
    List<String> left = names(home);
    Ended second = end(tree.start(temporary, List.of(), run));

    assertThat(first.err()).contains("portico: starts stay slower than they could be");
    assertThat(first.out()).startsWith("java in ");
    assertThat(left).noneMatch(name -> name.startsWith("recording"));
    assertThat(home.resolve("portico.aot")).hasContent("cache\n");
    assertThat(second.out()).isEqualTo(first.out());
  }

  @Test
  void aRehearsalThatIsInterruptedStartsNothing() throws Exception {
    Path home = installed();
    Files.delete(home.resolve("portico.aot"));
    List<String> run = List.of(home + "/bin/portico", "run", "a.yaml");

    Ended interrupted = end(tree.start(temporary, List.of("REHEARSAL_EXITS=130"), run));
    Ended next = end(tree.start(temporary, List.of(), run));

    assertThat(interrupted.status()).isEqualTo(130);
    assertThat(interrupted.out()).isEmpty();
    assertThat(next.out()).startsWith("java in ");
    assertThat(home.resolve("portico.aot")).hasContent("cache\n");
  }

  @Test
  void aClassCacheThatDoesNotFitIsMadeAgainOnce() throws Exception {
    Path home = installed();
    Files.writeString(home.resolve("portico.aot"), "of another JDK");
    List<String> run = List.of(home + "/bin/portico", "run", "a.yaml");

    Ended first = end(tree.start(temporary, List.of(), run));
    Ended second = end(tree.start(temporary, List.of(), run));

    assertThat(first.err())
        .isEqualTo(
            "portico: the first start with this JDK and these jars takes some seconds longer\n");
    assertThat(home.resolve("portico.aot")).hasContent("cache\n");
    assertThat(second.err()).isEmpty();
    assertThat(second.out()).isEqualTo(first.out());
  }

  @Test
  void anotherJdkIsNoticed() throws Exception {
    Path home = installed();
    List<String> run = List.of(home + "/bin/portico", "run", "a.yaml");
    end(tree.start(temporary, List.of(), run));
    Files.writeString(home.resolve("portico.aot"), "of the JDK before");
    Path other = tree.jdk("other", "25.0.2");

    Ended ended = end(tree.start(temporary, List.of("JAVA_HOME=" + other), run));

    assertThat(ended.err()).contains("the first start with this JDK");
    assertThat(home.resolve("portico.aot")).hasContent("cache\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"portico.jar", "lib/gateway.jar"})
  void jarsThatAreNewerThanTheClassCacheHaveOneMadeOnce(String jar) throws Exception {
    Path home = installed();
    List<String> run = List.of(home + "/bin/portico", "run", "a.yaml");
    end(tree.start(temporary, List.of(), run));
    buildAnew(home, jar);

    Ended first = end(tree.start(temporary, List.of(), run));
    Ended second = end(tree.start(temporary, List.of(), run));

    assertThat(first.err()).contains("these jars");
    assertThat(home.resolve("portico.aot")).hasContent("cache\n");
    assertThat(second.err()).isEmpty();
    assertThat(tree.options()).contains("-XX:AOTCache=" + home.toRealPath() + "/portico.aot");
  }

  @Test
  void aClassCacheOfOtherJarsIsNotUsedWhereNoneCanBeMade() throws Exception {
    Path home = installed();
    List<String> run = List.of(home + "/bin/portico", "run", "a.yaml");
    end(tree.start(temporary, List.of(), run));
    buildAnew(home, "portico.jar");

    Ended ended = end(tree.start(temporary, List.of("REHEARSAL_EXITS=1"), run));

    assertThat(ended.err()).contains("portico: starts stay slower than they could be");
    assertThat(ended.out()).startsWith("java in ");
    assertThat(tree.options()).noneMatch(option -> option.startsWith("-XX:AOTCache="));
  }

  /** With a time that is yet to come, as of a machine whose clock is ahead. */
  private static void buildAnew(Path home, String jar) throws IOException {
    Path cache = home.resolve("portico.aot");
    Files.writeString(cache, "of other jars");
    Path built = Files.writeString(home.resolve(jar), "built anew");
    Files.setLastModifiedTime(
        built, FileTime.from(Files.getLastModifiedTime(cache).toInstant().plusSeconds(3600)));
  }

  /** The archive, unpacked elsewhere; the checkout is gone. */
  private Path installed() throws Exception {
    tree.launch("package");
    Path home = unpack(tree.tree().resolve("target/portico-1.0.tar.gz")).resolve("portico-1.0");
    Files.move(tree.tree(), temporary.resolve("moved away"));
    return home;
  }

  private Path unpack(Path archive) throws Exception {
    Path folder = Files.createDirectories(temporary.resolve("un packed"));
    List<String> unpack = List.of("tar", "-C", folder.toString(), "-xzf", archive.toString());
    assertThat(end(tree.start(temporary, List.of(), unpack)).status()).isZero();
    return folder;
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }
}
