package io.portico.bench.load;

import io.portico.bench.process.BenchFailure;
import io.portico.bench.process.Child;
import io.portico.bench.process.Cores;
import io.portico.bench.process.Executables;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Will Glozer's wrk, one thread on the load core. */
public final class Wrk implements Load {
  private static final Pattern TOTAL = Pattern.compile("(\\d+) requests in ([\\d.]+)(us|ms|s|m),");
  private static final Pattern REFUSED = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");
  private static final Pattern BROKEN =
      Pattern.compile("Socket errors: connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");

  private final Path program;
  private final Cores cores;
  private final Path folder;

  private Wrk(Path program, Cores cores, Path folder) {
    this.program = program;
    this.cores = cores;
    this.folder = folder;
  }

  /** The installed wrk, if there is one; it leaves its error output in {@code folder}. */
  public static Optional<Load> installed(Cores cores, Path folder) {
    return Executables.find("wrk").map(program -> new Wrk(program, cores, folder));
  }

  @Override
  public String name() {
    String line = Executables.firstLine(program.toString(), "-v");
    return line.replaceFirst(" \\[.*", "");
  }

  @Override
  public Answers run(Target target, int connections, Duration length) {
    List<String> command =
        cores.onLoadCore(
            List.of(
                program.toString(),
                "-t1",
                "-c" + connections,
                "-d" + length.toSeconds() + "s",
                "-HHost: " + target.host(),
                target.url()));
    try (Child wrk = Child.start("wrk", folder, command, Map.of())) {
      return answers(String.join("\n", wrk.awaitEnd(length.plusSeconds(30))));
    }
  }

  static Answers answers(String output) {
    Matcher total = TOTAL.matcher(output);
    if (!total.find()) {
      throw new BenchFailure("wrk printed no total: " + output.strip());
    }
    return new Answers(Long.parseLong(total.group(1)), failed(output), elapsed(total));
  }

  private static Duration elapsed(Matcher total) {
    double unit =
        switch (total.group(3)) {
          case "us" -> 1e3;
          case "ms" -> 1e6;
          case "s" -> 1e9;
          default -> 60e9;
        };
    return Duration.ofNanos(Math.round(Double.parseDouble(total.group(2)) * unit));
  }

  private static long failed(String output) {
    Matcher refused = REFUSED.matcher(output);
    long failed = refused.find() ? Long.parseLong(refused.group(1)) : 0;
    Matcher broken = BROKEN.matcher(output);
    if (broken.find()) {
      for (int group = 1; group <= broken.groupCount(); group++) {
        failed += Long.parseLong(broken.group(group));
      }
    }
    return failed;
  }
}
