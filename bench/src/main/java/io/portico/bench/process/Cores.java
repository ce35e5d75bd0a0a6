package io.portico.bench.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The two cores of a run: the measured gateway has one to itself, load generator and backend share
 * the other. Without {@code taskset} or a second core nothing is pinned and no ratio means
 * anything.
 */
public final class Cores {
  private static final int GATEWAY = 0;
  private static final int LOAD = 1;

  private final Optional<Path> taskset = Executables.find("taskset");
  private final int available = Runtime.getRuntime().availableProcessors();

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

  private List<String> pinned(int core, List<String> command) {
    if (!separable()) {
      throw new BenchFailure(obstacle());
    }
    List<String> pinned =
        new ArrayList<>(List.of(taskset.orElseThrow().toString(), "-c", Integer.toString(core)));
    pinned.addAll(command);
    return pinned;
  }
}
