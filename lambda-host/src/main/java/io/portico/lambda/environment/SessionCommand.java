package io.portico.lambda.environment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A shell script as the leader of a session, and so of a process group, of its own. Both programs
 * that it takes are named by their place, as a function's own {@code PATH} is not to choose them.
 */
public final class SessionCommand {
  private static final String SHELL = "/bin/sh";
  private static final List<String> USUAL_FOLDERS = List.of("/usr/bin", "/bin", "/usr/local/bin");
  private static final Pattern PATH_SEPARATOR = Pattern.compile(":");
  private static final @Nullable Path SETSID = setsid();

  private SessionCommand() {}

  private static @Nullable Path setsid() {
    String path = System.getenv("PATH");
    return Stream.concat(
            USUAL_FOLDERS.stream(), PATH_SEPARATOR.splitAsStream(path == null ? "" : path))
        .filter(folder -> folder.startsWith("/"))
        .map(folder -> Path.of(folder, "setsid"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  /**
   * Whether this machine has what it takes.
   *
   * @throws IOException if not; the message says what is missing
   */
  public static void check() throws IOException {
    Path _ = program();
  }

  private static Path program() throws IOException {
    if (SETSID == null || !Files.isExecutable(Path.of(SHELL))) {
      throw new IOException(
          "functions need Linux with /bin/sh and setsid (of util-linux), which this machine has"
              + " not");
    }
    return SETSID;
  }

  /**
   * Program and arguments.
   *
   * @param name of the script, in lists of processes
   * @param arguments {@code $1} and so on
   * @throws IOException as {@link #check}
   */
  static List<String> of(String script, String name, List<String> arguments) throws IOException {
    List<String> command =
        new ArrayList<>(List.of(program().toString(), SHELL, "-c", script, name));
    command.addAll(arguments);
    return command;
  }
}
