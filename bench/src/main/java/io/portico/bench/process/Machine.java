package io.portico.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.stream.Stream;

/** The machine a run took place on, as far as the numbers depend on it. */
public record Machine(String processor, int cores, String kernel, String jdk) {

  public static Machine here() {
    return new Machine(
        processorName(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vm.vendor") + " " + System.getProperty("java.runtime.version"));
  }

  /** The first sentence below a table: when and on what. */
  public String measured() {
    return String.format(
        Locale.ROOT,
        "Measured %s on %s (%d cores), %s, %s.",
        LocalDate.now(ZoneOffset.UTC),
        processor,
        cores,
        kernel,
        jdk);
  }

  private static String processorName() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }
}
