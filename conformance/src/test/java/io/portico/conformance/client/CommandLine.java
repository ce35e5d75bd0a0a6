package io.portico.conformance.client;

import io.portico.conformance.process.Program;
import io.portico.conformance.server.Endpoint;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What runs the AWS CLI with arguments. */
sealed interface CommandLine extends Closeable {

  Program.Outcome run(List<String> arguments);

  /**
   * The quickest there is: version 1 is a Python program, which need not start from nothing for
   * each call.
   */
  static Optional<CommandLine> installed(Endpoint endpoint, Path folder) {
    return Program.find("aws")
        .map(program -> new Processes(program, endpoint, folder))
        .map(
            processes ->
                Warm.python(processes)
                    .<CommandLine>map(python -> Warm.start(python, endpoint, folder))
                    .orElse(processes));
  }

  /** A process a call. */
  record Processes(Path program, Endpoint endpoint, Path folder) implements CommandLine {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    @Override
    public Program.Outcome run(List<String> arguments) {
      List<String> command = new ArrayList<>(List.of(program.toString()));
      command.addAll(arguments);
      return Program.run(folder, endpoint.environment(), LIMIT, command);
    }

    @Override
    public void close() {}
  }

  /** A Python that has loaded the CLI, and leaves each call to a copy of itself. */
  record Warm(LineProcess script) implements CommandLine {

    /** The Python whose CLI is the one on the search path. */
    static Optional<Path> python(Processes processes) {
      String version = processes.run(List.of("--version")).out().split("[ /]", -1)[1];
      return Python.thatRuns("import awscli; assert awscli.__version__ == '%s'".formatted(version));
    }

    static Warm start(Path python, Endpoint endpoint, Path folder) {
      return new Warm(
          LineProcess.start("the CLI", endpoint, folder, Python.command(python, "cli.py")));
    }

    @Override
    public Program.Outcome run(List<String> arguments) {
      JsonNode answer = script.exchange(arguments);
      return new Program.Outcome(
          answer.path("exit").asInt(),
          answer.path("out").asString(),
          answer.path("err").asString());
    }

    @Override
    public void close() throws IOException {
      script.close();
    }
  }
}
