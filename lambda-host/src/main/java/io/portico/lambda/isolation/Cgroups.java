package io.portico.lambda.isolation;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The <b>cgroups</b> of functions' processes, below that of this process, if that is delegated to
 * it: of version 2, with the controller of memory, and with nobody else in it. Systemd delegates
 * the cgroup of a unit with {@code Delegate=yes}.
 *
 * <p>A cgroup that limits those below has no processes of its own, so this process goes into one
 * below, too.
 *
 * @see <a href="https://systemd.io/CGROUP_DELEGATION/">Control Group APIs and Delegation</a>
 */
public final class Cgroups {
  private static final Logger LOG = LoggerFactory.getLogger(Cgroups.class);
  private static final String PROCESSES = "cgroup.procs";
  private static final String CONTROL = "cgroup.subtree_control";
  private static final String MEMORY = "memory";
  private static final String PIDS = "pids";
  private static final String OWN = "portico";
  private static final String FUNCTION = "function-";
  private static final Pattern SPACE = Pattern.compile("\\s+");

  private final Path folder;
  private final boolean pids;
  private final AtomicLong number = new AtomicLong();

  private Cgroups(Path folder, boolean pids) {
    this.folder = folder;
    this.pids = pids;
  }

  /** Those of this process, if it may have any. */
  public static Optional<Cgroups> ofThisProcess() {
    try {
      Path self = Path.of("/proc/self");
      return CgroupFolder.of(
              Files.readString(self.resolve("cgroup")), Files.readString(self.resolve("mountinfo")))
          .flatMap(folder -> taken(folder, ProcessHandle.current().pid()));
    } catch (IOException e) {
      LOG.debug("no cgroups: {}", e.toString());
      return Optional.empty();
    }
  }

  /**
   * Those below a folder, if it is delegated to a process; the process goes into one of its own.
   */
  static Optional<Cgroups> taken(Path folder, long pid) {
    try {
      List<String> controllers =
          SPACE.splitAsStream(Files.readString(folder.resolve("cgroup.controllers"))).toList();
      List<String> processes = Files.readAllLines(folder.resolve(PROCESSES));
      if (!controllers.contains(MEMORY)) {
        LOG.debug("{} has no controller of memory", folder);
        return Optional.empty();
      }
      if (!processes.equals(List.of(Long.toString(pid)))) {
        LOG.debug("{} has processes other than this one", folder);
        return Optional.empty();
      }
      if (!Files.isWritable(folder) || !Files.isWritable(folder.resolve(CONTROL))) {
        LOG.debug("{} is not delegated to this process", folder);
        return Optional.empty();
      }
      boolean pids = controllers.contains(PIDS);
      take(folder, pid, pids);
      deleteLeftOver(folder);
      LOG.info("Functions' memory is limited by cgroups in {}", folder);
      return Optional.of(new Cgroups(folder, pids));
    } catch (IOException e) {
      LOG.debug("{} cannot be used: {}", folder, e.toString());
      return Optional.empty();
    }
  }

  private static void take(Path folder, long pid, boolean pids) throws IOException {
    Path own = Files.createDirectories(folder.resolve(OWN));
    Files.writeString(own.resolve(PROCESSES), Long.toString(pid));
    try {
      Files.writeString(folder.resolve(CONTROL), pids ? "+" + MEMORY + " +" + PIDS : "+" + MEMORY);
    } catch (IOException e) {
      Files.writeString(folder.resolve(PROCESSES), Long.toString(pid));
      Files.delete(own);
      throw e;
    }
  }

  /** Of a process before this one that was killed. */
  private static void deleteLeftOver(Path folder) throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, FUNCTION + "*")) {
      for (Path each : left) {
        new FunctionCgroup(each).close();
      }
    }
  }

  /**
   * A cgroup for a process that is about to begin, and all that it will start.
   *
   * @param memoryMegabytes that they may have together
   * @throws IOException if it cannot be made
   */
  public FunctionCgroup create(int memoryMegabytes) throws IOException {
    Path created = Files.createDirectory(folder.resolve(FUNCTION + number.incrementAndGet()));
    FunctionCgroup group = new FunctionCgroup(created);
    try {
      group.limit(memoryMegabytes, pids);
    } catch (IOException e) {
      group.close();
      throw e;
    }
    return group;
  }
}
