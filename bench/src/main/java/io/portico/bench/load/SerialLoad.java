package io.portico.bench.load;

import io.portico.bench.process.BenchFailure;
import io.portico.bench.process.Child;
import io.portico.bench.process.Cores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** {@link SerialGenerator} in a process of its own on the load core. */
public final class SerialLoad {
  /** Before the calls that count, as the generator's own code is new. */
  static final Duration LEAD = Duration.ofSeconds(1);

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Cores cores;
  private final Path folder;
  private final List<Call> calls;

  SerialLoad(Cores cores, Path folder, List<Call> calls) {
    this.cores = cores;
    this.folder = folder;
    this.calls = calls;
  }

  /**
   * Sends one call at a time, those of {@code length} to be counted.
   *
   * @throws BenchFailure if the generator does not come to its end
   */
  public Latencies run(Target target, Duration length) {
    List<String> command =
        OwnProcess.of(
            PacedLoad.OPTIONS,
            SerialGenerator.class,
            Integer.toString(target.port()),
            RequestFile.write(folder, target, calls).toString(),
            Long.toString(LEAD.toMillis()),
            Long.toString(length.toMillis()));
    return ended(cores, folder, command, length);
  }

  /** Runs a command that prints {@link Latencies} when it has sent calls for that long. */
  static Latencies ended(Cores cores, Path folder, List<String> command, Duration length) {
    try (Child process = Child.start("generator", folder, cores.onLoadCore(command), Map.of())) {
      return PacedLoad.latencies(process.awaitEnd(LEAD.plus(length).plus(PATIENCE)));
    }
  }
}
