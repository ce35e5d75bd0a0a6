package io.portico.bench.load;

import io.portico.bench.process.BenchFailure;
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
      return answers(generator.awaitEnd(length.plusSeconds(30)));
    }
  }

  private static Answers answers(List<String> output) {
    String[] numbers = output.isEmpty() ? new String[0] : output.getLast().split(" ", -1);
    if (numbers.length != 3) {
      throw new BenchFailure("the generator printed no totals");
    }
    return new Answers(
        Long.parseLong(numbers[0]),
        Long.parseLong(numbers[1]),
        Duration.ofNanos(Long.parseLong(numbers[2])));
  }
}
