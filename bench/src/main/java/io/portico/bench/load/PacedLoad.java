package io.portico.bench.load;

import io.portico.bench.process.BenchFailure;
import io.portico.bench.process.Child;
import io.portico.bench.process.Cores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** {@link PacedGenerator} in a process of its own on the load core. */
public final class PacedLoad {
  /** Before the requests that count: connections are new, and the generator's own code is. */
  private static final Duration LEAD = Duration.ofSeconds(2);

  /** The optimizing compiler would take milliseconds at a time of the core that is measured on. */
  static final List<String> OPTIONS = List.of("-XX:TieredStopAtLevel=1");

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Cores cores;
  private final Path folder;
  private final List<Call> calls;

  PacedLoad(Cores cores, Path folder, List<Call> calls) {
    this.cores = cores;
    this.folder = folder;
    this.calls = calls;
  }

  /**
   * Sends {@code rate} requests a second, those of {@code length} to be counted.
   *
   * @throws BenchFailure if the generator does not come to its end
   */
  public Latencies run(Target target, int connections, int rate, Duration length) {
    List<String> command =
        cores.onLoadCore(
            OwnProcess.of(
                OPTIONS,
                PacedGenerator.class,
                Integer.toString(target.port()),
                RequestFile.write(folder, target, calls).toString(),
                Integer.toString(connections),
                Integer.toString(rate),
                Long.toString(LEAD.toSeconds() * rate),
                Long.toString(length.toSeconds() * rate)));
    try (Child process = Child.start("generator", folder, command, Map.of())) {
      return latencies(process.awaitEnd(LEAD.plus(length).plus(PATIENCE)));
    }
  }

  static Latencies latencies(List<String> output) {
    String[] numbers = output.isEmpty() ? new String[0] : output.getLast().split(" ", -1);
    if (numbers.length != 5) {
      throw new BenchFailure("the generator printed no latencies");
    }
    return new Latencies(
        Long.parseLong(numbers[0]),
        Long.parseLong(numbers[1]),
        Long.parseLong(numbers[2]),
        Long.parseLong(numbers[3]),
        Long.parseLong(numbers[4]));
  }
}
