package io.portico.bench.load;

import io.portico.bench.process.BenchFailure;
import io.portico.bench.process.Child;
import io.portico.bench.process.Cores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * {@link PostGenerator} in a process of its own on the load core.
 *
 * @param message which a client is answered with the id of its connection
 */
public record PostLoad(Cores cores, Path folder, String message) {
  /** Before the posts that count. */
  private static final Duration LEAD = Duration.ofSeconds(3);

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /**
   * Posts {@code rate} times a second, those of {@code length} to be counted.
   *
   * @param clients connections that are posted to
   * @param connections of the backend that posts
   * @throws BenchFailure if the generator does not come to its end
   */
  public Latencies run(Target target, int clients, int connections, int rate, Duration length) {
    List<String> command =
        cores.onLoadCore(
            OwnProcess.of(
                PacedLoad.OPTIONS,
                PostGenerator.class,
                Integer.toString(target.port()),
                target.host(),
                target.base(),
                message,
                Integer.toString(clients),
                Integer.toString(connections),
                Integer.toString(rate),
                Long.toString(LEAD.toSeconds() * rate),
                Long.toString(length.toSeconds() * rate)));
    try (Child process = Child.start("generator", folder, command, Map.of())) {
      return PacedLoad.latencies(process.awaitEnd(LEAD.plus(length).plus(PATIENCE)));
    }
  }
}
