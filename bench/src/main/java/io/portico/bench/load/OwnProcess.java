package io.portico.bench.load;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The command line that runs a class of this module in a JVM of its own. */
final class OwnProcess {

  private OwnProcess() {}

  static List<String> of(Class<?> main, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-cp",
                absoluteClassPath(),
                main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Children run in a folder of their own, so that a relative entry would lead nowhere. */
  private static String absoluteClassPath() {
    String entries = System.getProperty("java.class.path");
    return Arrays.stream(entries.split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
