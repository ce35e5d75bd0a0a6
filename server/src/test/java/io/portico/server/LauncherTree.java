package io.portico.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A checkout with the launcher in it, and around it a machine that has a Maven and a JDK which only
 * say how they were called, AWS's clients, and of this machine's programs those the launcher needs.
 */
final class LauncherTree implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;
  private static final List<String> PROGRAMS =
      List.of(
          "bash",
          "cat",
          "chmod",
          "cksum",
          "cp",
          "env",
          "find",
          "flock",
          "grep",
          "gzip",
          "head",
          "id",
          "ls",
          "mkdir",
          "mv",
          "readlink",
          "rm",
          "setsid",
          "sleep",
          "sort",
          "tail",
          "tar",
          "tee",
          "touch");

  private final Path temporary;
  private final Path tree;
  private final Path commands;
  private final Path programs;
  private final List<Process> started = new ArrayList<>();

  private LauncherTree(Path temporary) throws IOException {
    this.temporary = temporary;
    tree = Files.createDirectories(temporary.resolve("a tree"));
    commands = Files.createDirectories(temporary.resolve("bin"));
    programs = Files.createDirectories(temporary.resolve("programs"));
  }

  /** Plants it in an empty folder. */
  static LauncherTree in(Path temporary) throws IOException {
    LauncherTree planted = new LauncherTree(temporary);
    planted.plant();
    return planted;
  }

  private void plant() throws IOException {
    Files.copy(
        Checkout.root().resolve("portico"),
        tree.resolve("portico"),
        StandardCopyOption.COPY_ATTRIBUTES);
    Path packaged = Path.of("server/src/main/dist/bin/portico");
    Files.createDirectories(Objects.requireNonNull(tree.resolve(packaged).getParent()));
    Files.copy(
        Checkout.root().resolve(packaged),
        tree.resolve(packaged),
        StandardCopyOption.COPY_ATTRIBUTES);
    write("pom.xml", "<project/>");
    write(".mvn/jvm.config", "");
    for (String module : List.of("gateway", "transport", "store", "lambda-host", "server")) {
      write(module + "/pom.xml", "<project/>");
      write(module + "/src/main/java/A.java", "class A {}");
    }
    jdk("jdk25", "25.0.1");
    command(
        "mvn",
        """
        echo "$@" >>"$MVN_LOG"
        echo "[INFO] Building Portico server 1.0 [1/1]"
        for module in gateway server; do
          [ ! -e $module/target/classes/Half.class ] || echo "trusts $module" >>"$MVN_LOG"
          mkdir -p $module/target/classes
          echo half >$module/target/classes/Half.class
        done
        echo $$ >"$MVN_LOG.pid"
        [ -z "${MVN_WAITS_FOR:-}" ] || until [ -e "$MVN_WAITS_FOR" ]; do sleep 0.05; done
        rm -r gateway/target server/target/classes
        if [ -n "${MVN_FAILS:-}" ]; then echo "[ERROR] A.java: no such symbol"; exit 1; fi
        mkdir -p server/target/dist/lib
        cp -R server/src/main/dist/. server/target/dist
        echo jar >server/target/dist/portico.jar
        echo options >server/target/dist/jvm.options
        """);
    for (String client :
        List.of("aws", "python3", "node", "npm", "terraform", "cmake", "make", "g++", "xz")) {
      command(client, "exit 0");
    }
    for (String program : PROGRAMS) {
      for (String folder : List.of("/usr/bin", "/bin")) {
        Path file = Path.of(folder, program);
        if (Files.isExecutable(file) && !Files.exists(programs.resolve(program))) {
          Files.createSymbolicLink(programs.resolve(program), file);
        }
      }
    }
  }

  /** What a process that has ended left. */
  record Ended(int status, String out, String err) {}

  Path tree() {
    return tree;
  }

  /** Where commands of the machine stand; to take one away, delete it. */
  Path commands() {
    return commands;
  }

  /** A PATH of this machine's programs alone. */
  Path programs() {
    return programs;
  }

  Ended launch(String... arguments) throws Exception {
    return launch(List.of(), arguments);
  }

  Ended launch(List<String> environment, String... arguments) throws Exception {
    return end(start(tree, environment, launcher(arguments)));
  }

  List<String> launcher(String... arguments) {
    return Stream.concat(Stream.of(tree.resolve("portico").toString()), Stream.of(arguments))
        .toList();
  }

  /**
   * Starts a command.
   *
   * @param environment {@code NAME=VALUE}, or {@code NAME} for one that is not to be there
   */
  Process start(Path folder, List<String> environment, List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().remove("PORTICO_BUILDING");
    builder.environment().put("JAVA_HOME", temporary.resolve("jdk25").toString());
    builder.environment().put("PATH", commands + ":" + programs);
    builder.environment().put("MVN_LOG", temporary.resolve("mvn.log").toString());
    for (String variable : environment) {
      int equals = variable.indexOf('=');
      if (equals < 0) {
        builder.environment().remove(variable);
      } else {
        builder.environment().put(variable.substring(0, equals), variable.substring(equals + 1));
      }
    }
    Process process = builder.start();
    started.add(process);
    return process;
  }

  static Ended end(Process process) throws Exception {
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

  /** Something that is waited for. */
  interface Condition {
    boolean holds() throws Exception;
  }

  static void await(Condition condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      LockSupport.parkNanos(2_000_000);
    }
  }

  /** Ends all that was started and has not ended, what was started by that included. */
  @Override
  public void close() throws IOException {
    for (Process process : started) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    for (String noted : List.of("mvn.log.pid", "mvn.log.rehearsal")) {
      endNoted(temporary.resolve(noted));
    }
  }

  /** What has lost its parent is found by what it has written; its number may be another's now. */
  private void endNoted(Path file) throws IOException {
    String pid = Files.exists(file) ? Files.readString(file).strip() : "";
    if (!pid.isEmpty()) {
      ProcessHandle.of(Long.parseLong(pid))
          .filter(process -> process.info().commandLine().orElse("").contains(temporary.toString()))
          .ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  /** How Maven was called. */
  List<String> builds() throws IOException {
    Path log = temporary.resolve("mvn.log");
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  /** The options of the JVM that was started last, but for the jar. */
  List<String> options() throws IOException {
    return Files.readAllLines(temporary.resolve("mvn.log.java"));
  }

  Path write(String file, String content) throws IOException {
    Path path = tree.resolve(file);
    Files.createDirectories(Objects.requireNonNull(path.getParent()));
    return Files.writeString(path, content);
  }

  void command(String name, String script) throws IOException {
    executable(commands.resolve(name), script);
  }

  /** Installs a JDK beside the tree. */
  Path jdk(String name, String version) throws IOException {
    Path home = temporary.resolve(name);
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    executable(home.resolve("bin/javac"), "exit 0");
    executable(
        home.resolve("bin/java"),
        """
        : >"$MVN_LOG.java"
        cache= checks=
        while [ "$1" != -jar ]; do
          case $1 in
            -XX:AOTCacheOutput=*) echo cache >"${1#*=}" ;;
            -XX:AOTCache=*) cache=${1#*=} ;;
            -XX:AOTMode=on) checks=1 ;;
          esac
          echo "$1" >>"$MVN_LOG.java"
          shift
        done
        shift 2
        if [ -n "$checks" ]; then
          [ "$(cat "$cache")" = cache ]
          exit
        fi
        if [ "$1" = version ]; then
          echo "Portico 1.0, Java 25.0.1"
          exit
        fi
        if [ "$1" = rehearse ]; then
          echo $$ >"$MVN_LOG.rehearsal"
          [ -z "${REHEARSAL_WAITS_FOR:-}" ] || until [ -e "$REHEARSAL_WAITS_FOR" ]; do sleep 0.05; done
          [ -z "${REHEARSAL_EXITS:-}" ] || exit "$REHEARSAL_EXITS"
        fi
        printf 'java in %s: ' "$PWD"
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
