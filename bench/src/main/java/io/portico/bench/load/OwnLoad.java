package io.portico.bench.load;

import io.portico.bench.process.Child;
import io.portico.bench.process.Cores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A generator of this harness in a process of its own on the load core. */
final class OwnLoad implements Load {
  private final String name;
  private final Class<?> generator;
  private final List<String> arguments;
  private final Duration patience;
  private final Cores cores;
  private final Path folder;

  private OwnLoad(
      String name,
      Class<?> generator,
      List<String> arguments,
      Duration patience,
      Cores cores,
      Path folder) {
    this.name = "the harness's own generator (" + name + ")";
    this.generator = generator;
    this.arguments = arguments;
    this.patience = patience;
    this.cores = cores;
    this.folder = folder;
  }

  /** Small requests. */
  static OwnLoad requests(Cores cores, Path folder) {
    return new OwnLoad(
        "raw sockets", RawGenerator.class, List.of(), Duration.ofSeconds(30), cores, folder);
  }

  /** Large bodies; the last are sent to their end, however long a busy machine takes for it. */
  static OwnLoad transfers(Cores cores, Path folder, int requestBytes) {
    return new OwnLoad(
        "blocking sockets",
        TransferGenerator.class,
        List.of(Integer.toString(requestBytes)),
        Duration.ofSeconds(60),
        cores,
        folder);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Answers run(Target target, int connections, Duration length) {
    List<String> all =
        new ArrayList<>(List.of(Integer.toString(target.port()), target.host(), target.path()));
    all.addAll(arguments);
    all.add(Integer.toString(connections));
    all.add(Long.toString(length.toMillis()));
    List<String> command = cores.onLoadCore(OwnProcess.of(generator, all.toArray(String[]::new)));
    try (Child process = Child.start("generator", folder, command, Map.of())) {
      return OwnProcess.answers(process.awaitEnd(length.plus(patience)));
    }
  }
}
