package io.portico.bench.load;

import io.portico.bench.process.BenchFailure;
import io.portico.bench.process.Child;
import io.portico.bench.process.Cores;
import io.portico.bench.process.Executables;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** nghttp2's h2load: HTTP/2 over TLS, one thread on the load core, as {@link Tls} says. */
final class H2load implements Load {
  private static final Pattern ANSWERED =
      Pattern.compile(
          "requests: (\\d+) total, \\d+ started, \\d+ done, (\\d+) succeeded, (\\d+) failed,"
              + " (\\d+) errored, (\\d+) timeout");
  private static final Pattern STATUSES =
      Pattern.compile("status codes: (\\d+) 2xx, (\\d+) 3xx, (\\d+) 4xx, (\\d+) 5xx");

  private final Path program;
  private final Cores cores;
  private final Path folder;
  private final int streams;
  private final Call call;

  private H2load(Path program, Cores cores, Path folder, int streams, Call call) {
    this.program = program;
    this.cores = cores;
    this.folder = folder;
    this.streams = streams;
    this.call = call;
  }

  /**
   * The installed h2load, if there is one.
   *
   * @param streams at once on each connection
   */
  static Optional<Load> installed(Cores cores, Path folder, int streams, Call call) {
    return Executables.find("h2load")
        .map(program -> new H2load(program, cores, folder, streams, call));
  }

  @Override
  public String name() {
    return Executables.firstLine(program.toString(), "--version").replace("nghttp2/", "");
  }

  @Override
  public Answers run(Target target, int connections, Duration length) {
    List<String> command =
        cores.onLoadCore(
            List.of(
                program.toString(),
                "-t1",
                "-c" + connections,
                "-m" + streams,
                "-D" + length.toSeconds() + "s",
                "--tls13-ciphers=" + Tls.SUITE,
                "--connect-to=127.0.0.1:" + target.port(),
                target.scheme().word() + "://" + target.host() + target.base() + call.path()));
    try (Child h2load = Child.start("h2load", folder, command, Tls.openSsl(folder))) {
      return answers(String.join("\n", h2load.awaitEnd(length.plusSeconds(30))), length);
    }
  }

  /**
   * Reads what h2load prints at its end.
   *
   * @param length of the window: what it prints itself is rounded, and counts answers of that time
   *     only
   */
  static Answers answers(String output, Duration length) {
    Matcher answered = ANSWERED.matcher(output);
    Matcher statuses = STATUSES.matcher(output);
    if (!answered.find() || !statuses.find()) {
      throw new BenchFailure("h2load printed no total: " + output.strip());
    }
    requireLine(output, "TLS Protocol: " + Tls.VERSION);
    requireLine(output, "Cipher: " + Tls.SUITE);
    requireLine(output, "Application protocol: h2");
    long failed = 0;
    for (int group = 3; group <= answered.groupCount(); group++) {
      failed += Long.parseLong(answered.group(group));
    }
    for (int group = 2; group <= statuses.groupCount(); group++) {
      failed += Long.parseLong(statuses.group(group));
    }
    return new Answers(Long.parseLong(answered.group(2)), failed, length);
  }

  private static void requireLine(String output, String line) {
    if (output.lines().noneMatch(line::equals)) {
      throw new BenchFailure("h2load did not get '" + line + "': " + output.strip());
    }
  }
}
