package io.portico.bench.load;

import io.portico.bench.process.BenchFailure;
import io.portico.bench.process.Cores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A Lambda function without a host: driven by {@link RuntimeLoop} in a process of its own on the
 * load core.
 *
 * @param interpreter and {@code bootstrap}: the command that starts it
 * @param variables all of its environment but where the Runtime API is
 * @param event that it gets, JSON
 */
public record FunctionAlone(
    Path interpreter, Path bootstrap, Map<String, String> variables, String event) {

  /**
   * Starts it and invokes it one event at a time, those of {@code length} to be counted.
   *
   * @throws BenchFailure if it fails
   */
  public Latencies run(Cores cores, Path folder, Duration length) {
    List<String> arguments = new ArrayList<>();
    arguments.add(eventFile(folder).toString());
    arguments.add(Long.toString(SerialLoad.LEAD.toMillis()));
    arguments.add(Long.toString(length.toMillis()));
    arguments.add(interpreter.toString());
    arguments.add(bootstrap.toString());
    variables.forEach((name, value) -> arguments.add(name + "=" + value));
    List<String> command =
        OwnProcess.of(PacedLoad.OPTIONS, RuntimeLoop.class, arguments.toArray(String[]::new));
    return SerialLoad.ended(cores, folder, command, length);
  }

  private Path eventFile(Path folder) {
    try {
      return Files.writeString(folder.resolve("event.json"), event);
    } catch (IOException e) {
      throw new BenchFailure("cannot write the event: " + e.getMessage(), e);
    }
  }
}
