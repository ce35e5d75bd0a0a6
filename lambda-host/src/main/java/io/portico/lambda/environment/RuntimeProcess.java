package io.portico.lambda.environment;

import io.portico.lambda.isolation.Cgroups;
import io.portico.lambda.isolation.FunctionCgroup;
import io.portico.lambda.isolation.Start;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process of a function: the leader of a process group of its own. */
final class RuntimeProcess {
  private static final Logger LOG = LoggerFactory.getLogger(RuntimeProcess.class);

  /**
   * Waits for the word to go on: by then the supervisor knows the group and a cgroup limits it, and
   * if this process ends before, the pipe does. A limit that is lower here already stays.
   *
   * <p>AWS: 1024 open files, a stack of 8 MB and 64 KB of locked memory; source: recorded, facts
   * INV-16. Its limit of processes would be one of all processes of the user, so that is left to
   * the cgroup.
   */
  private static final String STUB =
      "{ ulimit -c 0; ulimit -n 1024; ulimit -S -s 8192; ulimit -l 64; } 2>/dev/null;"
          + " read -r go || exit 0; exec \"$@\"";

  private static final String WITHOUT_INPUT = STUB + " </dev/null";

  private static final int SECONDS_TO_DIE = 5;

  private final Process process;
  private final Supervisor supervisor;
  private final ProcessOutput output;
  private final @Nullable FunctionCgroup cgroup;
  private volatile boolean outOfMemory;

  private RuntimeProcess(
      Process process,
      Supervisor supervisor,
      ProcessOutput output,
      @Nullable FunctionCgroup cgroup) {
    this.process = process;
    this.supervisor = supervisor;
    this.output = output;
    this.cgroup = cgroup;
  }

  /**
   * What all processes of functions have in common.
   *
   * @param cgroups null where there are none that limit memory
   */
  record Children(
      Supervisor supervisor, OutputWatch outputs, ProcessWatch watch, @Nullable Cgroups cgroups) {

    private @Nullable FunctionCgroup cgroup(int memoryMegabytes) throws IOException {
      return cgroups == null ? null : cgroups.create(memoryMegabytes);
    }
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
    FunctionCgroup cgroup = children.cgroup(launch.memoryMegabytes());
    Process process = null;
    try {
      process = begun(launch, children.supervisor(), cgroup);
    } finally {
      if (process == null && cgroup != null) {
        cgroup.close();
      }
    }
    ProcessOutput output = new ProcessOutput(process.getInputStream(), lines);
    RuntimeProcess started = new RuntimeProcess(process, children.supervisor(), output, cgroup);
    children.outputs().add(output);
    children.watch().add(started, cgroup == null ? launch.memoryMegabytes() : 0);
    Thread.ofVirtual()
        .name("function-end-" + process.pid())
        .start(() -> started.awaitEnd(children, end));
    return started;
  }

  private static Process begun(
      Launch launch, Supervisor supervisor, @Nullable FunctionCgroup cgroup) throws IOException {
    Start start = launch.start();
    List<String> command =
        SessionCommand.of(
            start.input().isEmpty() ? WITHOUT_INPUT : STUB, "portico-function", start.command());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(launch.directory().toFile())
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(start.environment());
    Process process = builder.start();
    try {
      supervisor.add(process.pid());
      if (cgroup != null) {
        cgroup.add(process.pid());
      }
      try (OutputStream input = process.getOutputStream()) {
        input.write(("go\n" + start.input()).getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      process.destroyForcibly();
      supervisor.remove(process.pid());
      throw e;
    }
    return process;
  }

  private void awaitEnd(Children children, Consumer<String> end) {
    int status = process.onExit().join().exitValue();
    supervisor.remove(process.pid());
    children.watch().remove(this);
    children.outputs().remove(output);
    if (cgroup != null) {
      if (cgroup.ranOutOfMemory()) {
        outOfMemory = true;
      }
      cgroup.kill();
    }
    output.end();
    LOG.debug("function process {} ended with {}", process.pid(), status);
    end.accept(ExitReason.of(status));
    if (cgroup != null) {
      cgroup.close();
    }
  }

  long pid() {
    return process.pid();
  }

  /** Ends it at once, with all that it started. */
  void kill() {
    if (cgroup != null) {
      cgroup.kill();
    }
    supervisor.kill(process.pid());
    process.destroyForcibly();
  }

  /** Waits until one that was killed has ended; one that the kernel holds back, not for ever. */
  void awaitKilled() {
    try {
      process.onExit().get(SECONDS_TO_DIE, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("function process {} was killed and has not ended", process.pid());
    }
  }

  /** Ends it as {@link #kill} does, as it has more memory than it may. */
  void killForMemory() {
    outOfMemory = true;
    kill();
  }

  /** Whether it has ended, or will, as it has had more memory than it may. */
  boolean ranOutOfMemory() {
    return outOfMemory;
  }

  /** Has the supervisor know of the process groups that it has made. */
  void follow(Set<Long> groups) {
    supervisor.follow(process.pid(), groups);
  }

  /** Hands on all that it has printed so far. */
  void settleOutput() {
    output.settle();
  }

  /** The most memory it had, in MB; 0 where the system does not say. */
  int peakMegabytes() {
    int peak = cgroup == null ? 0 : cgroup.peakMegabytes();
    return peak == 0 ? ProcessMemory.peak(process.pid()) : peak;
  }
}
