package io.portico.lambda.environment;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process of a function: the leader of a process group of its own. */
final class RuntimeProcess {
  private static final Logger LOG = LoggerFactory.getLogger(RuntimeProcess.class);

  /**
   * Waits for the word to go on: by then the supervisor knows the group, and if this process ends
   * before, the pipe does. AWS: 1024 open files; source: recorded, facts INV-16.
   */
  private static final String STUB =
      "ulimit -c 0; ulimit -n 1024; read -r go || exit 0; exec \"$@\" </dev/null";

  private static final int FIRST_SIGNAL_STATUS = 128;
  private static final int KILL = 9;

  private final Process process;
  private final Supervisor supervisor;
  private final ProcessOutput output;

  private RuntimeProcess(Process process, Supervisor supervisor, ProcessOutput output) {
    this.process = process;
    this.supervisor = supervisor;
    this.output = output;
  }

  /**
   * Starts one.
   *
   * @param lines told of what it prints, line by line
   * @param end told once when it has ended, why, in AWS's words, after its last line
   * @throws IOException if it cannot be started
   */
  static RuntimeProcess start(
      Launch launch, Children children, Consumer<String> lines, Consumer<String> end)
      throws IOException {
    Supervisor supervisor = children.supervisor();
    List<String> command = new ArrayList<>(List.of("setsid", "sh", "-c", STUB, "portico-function"));
    command.addAll(launch.command());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(launch.directory().toFile())
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(launch.environment());
    Process process = builder.start();
    try {
      supervisor.add(process.pid());
      try (OutputStream go = process.getOutputStream()) {
        go.write("go\n".getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException e) {
      process.destroyForcibly();
      throw e;
    }
    ProcessOutput output = new ProcessOutput(process.getInputStream(), lines);
    RuntimeProcess started = new RuntimeProcess(process, supervisor, output);
    children.outputs().add(output);
    children.memory().add(started, launch.memoryMegabytes());
    Thread.ofVirtual()
        .name("function-end-" + process.pid())
        .start(() -> started.awaitEnd(children, end));
    return started;
  }

  private void awaitEnd(Children children, Consumer<String> end) {
    int status = process.onExit().join().exitValue();
    supervisor.remove(process.pid());
    children.memory().remove(this);
    children.outputs().remove(output);
    output.end();
    LOG.debug("function process {} ended with {}", process.pid(), status);
    end.accept(reason(status));
  }

  // AWS: source: recorded, facts INV-06, for the first; documented in its troubleshooting pages for
  // the others.
  private static String reason(int status) {
    if (status == 0) {
      return "Runtime exited without providing a reason";
    }
    if (status == FIRST_SIGNAL_STATUS + KILL) {
      return "Runtime exited with error: signal: killed";
    }
    return "Runtime exited with error: exit status " + status;
  }

  /** Ends it at once, with all that it started. */
  void kill() {
    supervisor.kill(process.pid());
    process.destroyForcibly();
  }

  /** Hands on all that it has printed so far. */
  void settleOutput() {
    output.settle();
  }

  /** What all processes of functions have in common. */
  record Children(Supervisor supervisor, OutputWatch outputs, MemoryWatch memory) {}

  /** The most memory it had resident, in MB; 0 where the system does not say. */
  int peakMegabytes() {
    return ProcessMemory.peak(process.pid());
  }

  /** What it and its children have resident now, in MB; 0 where the system does not say. */
  int residentMegabytes() {
    return ProcessMemory.resident(process.pid());
  }
}
