package io.portico.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The two cores of a run: the measured gateway has one to itself, load generator and backend share
 * the other; or all of them share both. Without {@code taskset} or a second core nothing is pinned
 * and no ratio means anything.
 */
public final class Cores {
  private static final int GATEWAY = 0;
  private static final int LOAD = 1;

  // Columns of a core's line, see proc(5); 4 and 5 are idle and waiting.
  private static final int USER = 1;
  private static final int NICE = 2;
  private static final int SYSTEM = 3;
  private static final int INTERRUPTS = 6;
  private static final int SOFT_INTERRUPTS = 7;
  private static final int STOLEN = 8;

  private final Optional<Path> taskset = Executables.find("taskset");
  private final int available = Runtime.getRuntime().availableProcessors();
  private final boolean shared;

  /** One for each side. */
  public Cores() {
    this(false);
  }

  private Cores(boolean shared) {
    this.shared = shared;
  }

  /** Both for both sides: what a small machine carries as a whole. */
  public static Cores shared() {
    return new Cores(true);
  }

  /** Whether each side can have a core of its own. */
  public boolean separable() {
    return taskset.isPresent() && available > 1;
  }

  /** Why the sides cannot be separated, in one line. */
  public String obstacle() {
    return taskset.isEmpty()
        ? "taskset (util-linux) is missing: nothing can be pinned to a core"
        : "this machine shows " + available + " core: gateway and load need one each";
  }

  public List<String> onGatewayCore(List<String> command) {
    return pinned(GATEWAY, command);
  }

  public List<String> onLoadCore(List<String> command) {
    return pinned(LOAD, command);
  }

  /**
   * The time that both cores have not been idle since the machine started, stolen time included.
   */
  public static Duration used() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/stat"))) {
      return CpuTime.ofTicks(lines.filter(Cores::isOfTheRun).mapToLong(Cores::ticksUsed).sum());
    } catch (IOException e) {
      throw new BenchFailure("cannot read /proc/stat", e);
    }
  }

  private static boolean isOfTheRun(String line) {
    return line.startsWith("cpu" + GATEWAY + " ") || line.startsWith("cpu" + LOAD + " ");
  }

  /** Of a core's line: all but idle and waiting; guest time is within user time already. */
  static long ticksUsed(String line) {
    String[] fields = line.split(" +", -1);
    return Stream.of(USER, NICE, SYSTEM, INTERRUPTS, SOFT_INTERRUPTS, STOLEN)
        .mapToLong(field -> Long.parseLong(fields[field]))
        .sum();
  }

  private List<String> pinned(int core, List<String> command) {
    if (!separable()) {
      throw new BenchFailure(obstacle());
    }
    String list = shared ? GATEWAY + "," + LOAD : Integer.toString(core);
    List<String> pinned = new ArrayList<>(List.of(taskset.orElseThrow().toString(), "-c", list));
    pinned.addAll(command);
    return pinned;
  }
}
