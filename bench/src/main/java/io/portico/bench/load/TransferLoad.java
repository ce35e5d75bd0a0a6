package io.portico.bench.load;

import io.portico.bench.process.Child;
import io.portico.bench.process.Cores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** {@link TransferGenerator} in a process of its own on the load core. */
final class TransferLoad implements Load {
  // The last bodies are sent to their end, however long a busy machine takes for it.
  private static final Duration LAST_BODIES = Duration.ofSeconds(60);

  private final Cores cores;
  private final Path folder;
  private final int requestBytes;

  TransferLoad(Cores cores, Path folder, int requestBytes) {
    this.cores = cores;
    this.folder = folder;
    this.requestBytes = requestBytes;
  }

  @Override
  public String name() {
    return "the harness's own generator (blocking sockets)";
  }

  @Override
  public Answers run(Target target, int connections, Duration length) {
    List<String> command =
        cores.onLoadCore(
            OwnProcess.of(
                TransferGenerator.class,
                Integer.toString(target.port()),
                target.host(),
                target.path(),
                Integer.toString(requestBytes),
                Integer.toString(connections),
                Long.toString(length.toMillis())));
    try (Child generator = Child.start("generator", folder, command, Map.of())) {
      return OwnProcess.answers(generator.awaitEnd(length.plus(LAST_BODIES)));
    }
  }
}
