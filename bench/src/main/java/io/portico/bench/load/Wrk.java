package io.portico.bench.load;

import io.portico.bench.process.BenchFailure;
import io.portico.bench.process.Child;
import io.portico.bench.process.Cores;
import io.portico.bench.process.Executables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Will Glozer's wrk, one thread on the load core; over TLS it offers what {@link Tls} says. */
public final class Wrk implements Load {
  /** For one answer: a JVM that is new to its work may take longer than wrk's own two seconds. */
  private static final int PATIENCE_SECONDS = 10;

  private static final Pattern TOTAL = Pattern.compile("(\\d+) requests in ([\\d.]+)(us|ms|s|m),");
  private static final Pattern REFUSED = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");
  private static final Pattern BROKEN =
      Pattern.compile("Socket errors: connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");

  private static final String IN_TURNS =
      """
      -- Sends the requests of a file in turns.
      local requests, last = {}, 0

      function init(arguments)
        local file = assert(io.open(arguments[1], "rb"))
        for request in file:read("*a"):gmatch("(.-\\r\\n\\r\\n)") do
          requests[#requests + 1] = request
        end
        file:close()
      end

      function request()
        last = last % #requests + 1
        return requests[last]
      end
      """;

  private final Path program;
  private final Cores cores;
  private final Path folder;
  private final List<Call> calls;

  private Wrk(Path program, Cores cores, Path folder, List<Call> calls) {
    this.program = program;
    this.cores = cores;
    this.folder = folder;
    this.calls = calls;
  }

  /**
   * The installed wrk, if there is one.
   *
   * @param folder for its error output, and for files it reads
   * @param calls it sends in turns
   */
  public static Optional<Load> installed(Cores cores, Path folder, List<Call> calls) {
    return Executables.find("wrk").map(program -> new Wrk(program, cores, folder, calls));
  }

  @Override
  public String name() {
    String line = Executables.firstLine(program.toString(), "-v");
    return line.replaceFirst(" \\[.*", "");
  }

  @Override
  public Answers run(Target target, int connections, Duration length) {
    List<String> command =
        new ArrayList<>(
            List.of(
                program.toString(),
                "-t1",
                "--timeout=" + PATIENCE_SECONDS + "s",
                "-c" + connections,
                "-d" + length.toSeconds() + "s"));
    command.addAll(calls.size() == 1 ? one(target, calls.getFirst()) : inTurns(target));
    try (Child wrk = Child.start("wrk", folder, cores.onLoadCore(command), Tls.openSsl(folder))) {
      return answers(String.join("\n", wrk.awaitEnd(length.plusSeconds(30))));
    }
  }

  /** The one call, which wrk repeats without a script: one would cost time on the load core. */
  private static List<String> one(Target target, Call call) {
    List<String> arguments = new ArrayList<>(List.of("-HHost: " + target.host()));
    call.headers().forEach(header -> arguments.add("-H" + header));
    arguments.add(target.url(call.path()));
    return arguments;
  }

  private List<String> inTurns(Target target) {
    Path requests = RequestFile.write(folder, target, calls);
    try {
      Path script = Files.writeString(folder.resolve("in-turns.lua"), IN_TURNS);
      return List.of("-s" + script, target.url("/"), requests.toString());
    } catch (IOException e) {
      throw new BenchFailure("cannot write wrk's script: " + e.getMessage(), e);
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
