package io.portico.lambda.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The <b>cgroup</b> of one function's process and all that it starts. */
public final class FunctionCgroup implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FunctionCgroup.class);

  // AWS: source: recorded, facts INV-16.
  private static final int MOST_PROCESSES = 742;

  private static final long MEGABYTE = 1 << 20;
  private static final Pattern KILLED = Pattern.compile("(?m)^oom_kill ([0-9]+)$");
  private static final long PATIENCE_NANOS = Duration.ofSeconds(2).toNanos();
  private static final long PAUSE_NANOS = Duration.ofMillis(5).toNanos();

  private final Path folder;

  FunctionCgroup(Path folder) {
    this.folder = folder;
  }

  /**
   * Limits what is in it.
   *
   * @param pids whether processes are counted here
   */
  void limit(int memoryMegabytes, boolean pids) throws IOException {
    write("memory.max", Long.toString(memoryMegabytes * MEGABYTE));
    // AWS: one of them that takes too much is the end of all; source: inferred.
    write("memory.oom.group", "1");
    // Not there where the kernel counts no swap.
    if (Files.exists(folder.resolve("memory.swap.max"))) {
      write("memory.swap.max", "0");
    }
    if (pids) {
      write("pids.max", Integer.toString(MOST_PROCESSES));
    }
  }

  /**
   * Puts a process into it.
   *
   * @throws IOException if it is not there any more, or cannot be put there
   */
  public void add(long pid) throws IOException {
    write("cgroup.procs", Long.toString(pid));
  }

  private void write(String file, String value) throws IOException {
    Files.writeString(folder.resolve(file), value);
  }

  /** Whether the kernel has ended it as it took more memory than it may. */
  public boolean ranOutOfMemory() {
    Matcher killed = KILLED.matcher(read("memory.events"));
    return killed.find() && Long.parseLong(killed.group(1)) > 0;
  }

  /** The most memory that it had, in MB; 0 where the kernel does not say. */
  public int peakMegabytes() {
    String peak = read("memory.peak").strip();
    return peak.isEmpty() ? 0 : (int) Math.ceilDiv(Long.parseLong(peak), MEGABYTE);
  }

  private String read(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      LOG.debug("{} of {} cannot be read: {}", file, folder, e.toString());
      return "";
    }
  }

  /** Ends what is in it at once; where the kernel cannot, nothing happens. */
  public void kill() {
    Path kill = folder.resolve("cgroup.kill");
    if (Files.exists(kill)) {
      try {
        Files.writeString(kill, "1");
      } catch (IOException e) {
        LOG.debug("{} cannot be killed: {}", folder, e.toString());
      }
    }
  }

  /** Ends what is in it, and deletes it; the kernel takes a moment to bury the dead. */
  @Override
  public void close() {
    kill();
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    IOException failure = delete();
    while (failure != null && System.nanoTime() < deadline) {
      LockSupport.parkNanos(PAUSE_NANOS);
      failure = delete();
    }
    if (failure != null) {
      LOG.warn("the cgroup {} cannot be deleted: {}", folder, failure.toString());
    }
  }

  private @Nullable IOException delete() {
    try {
      Files.delete(folder);
      return null;
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      return e;
    }
  }
}
