package io.portico.bench.load;

import io.portico.bench.process.Child;
import io.portico.bench.process.Cores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A generator of this harness in a process of its own on the load core. */
public final class OwnLoad implements Load {
  private final String name;
  private final Generator generator;
  private final Duration patience;
  private final Cores cores;
  private final Path folder;

  /** The command of the process that prints answers, failures and nanoseconds. */
  @FunctionalInterface
  private interface Generator {
    List<String> command(Target target, int connections, Duration length);
  }

  private OwnLoad(String name, Generator generator, Duration patience, Cores cores, Path folder) {
    this.name = "the harness's own generator (" + name + ")";
    this.generator = generator;
    this.patience = patience;
    this.cores = cores;
    this.folder = folder;
  }

  /** Small requests, in turns. */
  static OwnLoad requests(Cores cores, Path folder, List<Call> calls) {
    return new OwnLoad(
        "raw sockets",
        (target, connections, length) ->
            OwnProcess.of(
                RawGenerator.class,
                Integer.toString(target.port()),
                RequestFile.write(folder, target, calls).toString(),
                Integer.toString(connections),
                Long.toString(length.toMillis())),
        Duration.ofSeconds(30),
        cores,
        folder);
  }

  /** Large bodies; the last are sent to their end, however long a busy machine takes for it. */
  static OwnLoad transfers(Cores cores, Path folder, Transfers transfers) {
    return new OwnLoad(
        "blocking sockets",
        (target, connections, length) ->
            OwnProcess.of(
                TransferGenerator.class,
                Integer.toString(target.port()),
                target.host(),
                target.base(),
                Boolean.toString(transfers.upload()),
                Integer.toString(transfers.bytes()),
                Integer.toString(connections),
                Long.toString(length.toMillis())),
        Duration.ofSeconds(60),
        cores,
        folder);
  }

  /** WebSocket messages that are answered, so many of them on their way on each connection. */
  public static OwnLoad messages(
      Cores cores, Path folder, MessageGenerator.Message message, int window) {
    return new OwnLoad(
        "raw sockets",
        (target, connections, length) ->
            OwnProcess.of(
                MessageGenerator.class,
                Integer.toString(target.port()),
                target.host(),
                WebSocketClient.of(target).path(),
                message.text(),
                Integer.toString(message.answered()),
                Integer.toString(window),
                Integer.toString(connections),
                Long.toString(length.toMillis())),
        Duration.ofSeconds(30),
        cores,
        folder);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Answers run(Target target, int connections, Duration length) {
    List<String> command = cores.onLoadCore(generator.command(target, connections, length));
    try (Child process = Child.start("generator", folder, command, Map.of())) {
      return OwnProcess.answers(process.awaitEnd(length.plus(patience)));
    }
  }
}
