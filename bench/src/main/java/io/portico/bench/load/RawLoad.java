package io.portico.bench.load;

import io.portico.bench.process.Child;
import io.portico.bench.process.Cores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** {@link RawGenerator} in a process of its own on the load core. */
public final class RawLoad implements Load {
  private final Cores cores;
  private final Path folder;

  public RawLoad(Cores cores, Path folder) {
    this.cores = cores;
    this.folder = folder;
  }

  @Override
  public String name() {
    return "the harness's own generator (raw sockets)";
  }

  @Override
  public Answers run(Target target, int connections, Duration length) {
    List<String> command =
        cores.onLoadCore(
            OwnProcess.of(
                RawGenerator.class,
                Integer.toString(target.port()),
                target.host(),
                target.path(),
                Integer.toString(connections),
                Long.toString(length.toMillis())));
    try (Child generator = Child.start("generator", folder, command, Map.of())) {
      return OwnProcess.answers(generator.awaitEnd(length.plusSeconds(30)));
    }
  }
}
