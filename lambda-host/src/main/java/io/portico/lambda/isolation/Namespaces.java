package io.portico.lambda.isolation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Isolation by <b>namespaces</b> of Linux, made by util-linux: a process has AWS's folders, may
 * write to {@code /tmp} alone, and sees of the machine's files only what programs need and of its
 * processes only its own. It has the machine's network, as it reaches the Runtime API by that.
 *
 * <p>There are two user namespaces, one in the other. In the outer one, mounts are made; the
 * function runs in the inner one, which has no rights over them: what is hidden or read-only stays
 * so, even where this process is root's.
 */
public final class Namespaces implements Isolation {
  static final String CODE = "/var/task";
  static final String RUNTIME = "/var/runtime";
  static final String TEMPORARY = "/tmp";
  static final String USER = "993";
  static final String GROUP = "990";

  private static final Path OPT = Path.of("/opt");

  /** For what is done before the function has the word; its own PATH must not lead it. */
  private static final Map<String, String> ENVIRONMENT =
      Map.of("PATH", "/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin");

  private static final List<String> ENTER =
      List.of(
          "unshare",
          "--user",
          "--map-root-user",
          "--mount",
          "--pid",
          "--ipc",
          "--fork",
          "--kill-child",
          "--",
          "sh",
          "-c");

  /**
   * Process 1 of the namespace, which stays to end all others when the function ends. The
   * function's variables come by the standard input: its user alone may read them, and they mean
   * nothing to those who still have rights over mounts.
   */
  private static final String SETUP =
      """
      set -e
      root=$1 table=$2
      shift 2
      mount --all --fstab "$table"
      rm "$table"
      cd "$root"
      pivot_root . .%s
      cd %s
      umount --lazy %s
      status=0
      unshare --user --map-user=%s --map-group=%s -- \
        sh -c 'unset OLDPWD; eval "$(cat)"; exec "$@" </dev/null' portico-function "$@" || status=$?
      exit $status
      """
          .formatted(RootFolder.LEFT, CODE, RootFolder.LEFT, USER, GROUP);

  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private static final int SECONDS_TO_PROBE = 20;
  private static final String ISOLATED = "isolated";
  private static final String PROBE =
      """
      set -e
      refused() {
        if "$@" 2>/dev/null; then
          echo "not isolated: $*"
          exit 1
        fi
      }
      test -f %s/probe
      touch %s/probe
      refused touch %s/probe
      refused touch /usr/portico-probe
      refused umount %s
      test ! -e "$HIDDEN" || refused test -n "$(ls -A "$HIDDEN")"
      refused test $$ -gt 1000
      test "$(id -u)" = %s
      echo %s
      """
          .formatted(CODE, TEMPORARY, CODE, CODE, USER, ISOLATED);

  private final RootFolder root;
  private final Path tables;
  private final List<Path> hidden;

  private Namespaces(RootFolder root, Path tables, List<Path> hidden) {
    this.root = root;
    this.tables = tables;
    this.hidden = hidden;
  }

  /**
   * Namespaces, tried.
   *
   * @param working a folder for it, which is not there yet
   * @param hidden that no function may see, wherever it is
   * @throws IOException if this machine does not let this process make them; the message says why
   */
  public static Namespaces probed(Path working, Path hidden) throws IOException {
    Files.createDirectories(hidden);
    Namespaces namespaces =
        new Namespaces(
            new RootFolder(working.resolve("root")),
            Files.createDirectories(working.resolve("tables")),
            List.of(hidden.toRealPath()));
    namespaces.probe(working.resolve("probe"));
    return namespaces;
  }

  private void probe(Path folder) throws IOException {
    Path code = Files.createDirectories(folder.resolve("code"));
    Files.createFile(code.resolve("probe"));
    Folders folders =
        new Folders(
            code,
            null,
            Files.createDirectories(folder.resolve("tmp")),
            Files.createDirectories(folder.resolve("runtime")));
    Start start =
        start(
            folders,
            new Start(
                List.of("/bin/sh", "-c", PROBE),
                Map.of("PATH", "/usr/bin:/bin", "HIDDEN", hidden.getFirst().toString())));
    String said = said(start).strip();
    // Before its last line, mount may have hints.
    if (!said.equals(ISOLATED) && !said.endsWith("\n" + ISOLATED)) {
      throw new IOException(
          said.isEmpty()
              ? "unshare, mount or pivot_root of util-linux does not isolate here"
              : said.replaceAll("\\R", "; "));
    }
  }

  private static String said(Start start) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(start.command()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(start.environment());
    Process process = builder.start();
    try {
      try (var input = process.getOutputStream()) {
        input.write(start.input().getBytes(StandardCharsets.UTF_8));
      }
      if (!process.waitFor(SECONDS_TO_PROBE, TimeUnit.SECONDS)) {
        throw new IOException("unshare does not return");
      }
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the probe was interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }

  @Override
  public Path seen(Folders folders, Path path) {
    Path opt = folders.opt();
    if (opt != null && path.startsWith(opt)) {
      return OPT.resolve(opt.relativize(path));
    }
    if (path.startsWith(folders.code())) {
      return Path.of(CODE).resolve(folders.code().relativize(path));
    }
    if (path.startsWith(folders.runtime())) {
      return Path.of(RUNTIME).resolve(folders.runtime().relativize(path));
    }
    if (path.startsWith(folders.temporary())) {
      return Path.of(TEMPORARY).resolve(folders.temporary().relativize(path));
    }
    return path;
  }

  @Override
  public Start start(Folders folders, Start start) throws IOException {
    Files.createDirectories(folders.runtime());
    List<String> command = new ArrayList<>(ENTER);
    command.add(SETUP);
    command.add("portico-namespaces");
    command.add(root.folder().toString());
    command.add(table(folders, needed(start.programs())).toString());
    command.addAll(start.command());
    return new Start(command, ENVIRONMENT, List.of(), exports(start.environment()));
  }

  /** For {@code mount} to read, which takes no pipe; the process deletes it. */
  private Path table(Folders folders, List<Path> needed) throws IOException {
    Path table = Files.createTempFile(tables, "mounts-", "");
    Files.writeString(table, root.mounts(folders, needed, hidden));
    return table;
  }

  private static List<Path> needed(List<Path> programs) throws IOException {
    List<Path> needed = new ArrayList<>();
    for (Path program : programs) {
      needed.addAll(ProgramFolders.of(program));
    }
    return needed;
  }

  /** As a shell reads it. */
  private static String exports(Map<String, String> variables) throws IOException {
    StringBuilder exports = new StringBuilder();
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      if (!VARIABLE.matcher(variable.getKey()).matches() || variable.getValue().indexOf(0) >= 0) {
        throw new IOException("not a variable of the environment: " + variable.getKey());
      }
      exports
          .append("export ")
          .append(variable.getKey())
          .append("='")
          .append(variable.getValue().replace("'", "'\\''"))
          .append("'\n");
    }
    return exports.toString();
  }
}
