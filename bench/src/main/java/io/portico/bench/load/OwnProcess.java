package io.portico.bench.load;

import io.portico.bench.process.BenchFailure;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A class of this module that runs in a JVM of its own: its command line, and what it prints. */
public final class OwnProcess {

  private OwnProcess() {}

  static List<String> of(Class<?> main, String... arguments) {
    return of(List.of(), main, arguments);
  }

  /** With further options of the JVM. */
  static List<String> of(List<String> options, Class<?> main, String... arguments) {
    List<String> all = new ArrayList<>(List.of("-XX:+UseSerialGC", "-Xmx64m"));
    all.addAll(options);
    return withOptions(all, main, arguments);
  }

  /** With these options of the JVM and no others. */
  public static List<String> withOptions(List<String> options, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", absoluteClassPath(), main.getName()));
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

  /** Reads what a generator prints at its end: answers, failures and nanoseconds. */
  static Load.Answers answers(List<String> output) {
    String[] numbers = output.isEmpty() ? new String[0] : output.getLast().split(" ", -1);
    if (numbers.length != 3) {
      throw new BenchFailure("the generator printed no totals");
    }
    return new Load.Answers(
        Long.parseLong(numbers[0]),
        Long.parseLong(numbers[1]),
        Duration.ofNanos(Long.parseLong(numbers[2])));
  }
}
