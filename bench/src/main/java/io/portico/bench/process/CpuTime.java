package io.portico.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The CPU time, user and system, that a process and its descendants have used so far. */
public final class CpuTime {
  /** Ticks a second in {@code /proc}: USER_HZ, 100 on every architecture that the JDK runs on. */
  static final long TICKS_PER_SECOND = 100;

  // Positions after the command's closing parenthesis; proc(5) counts them 14 and 15 of the whole
  // line.
  private static final int USER = 11;
  private static final int SYSTEM = 12;
  private static final int CHILDREN_USER = 13;
  private static final int CHILDREN_SYSTEM = 14;

  private CpuTime() {}

  public static Duration ofTree(long pid) {
    ProcessHandle root =
        ProcessHandle.of(pid).orElseThrow(() -> new BenchFailure("process " + pid + " is gone"));
    List<ProcessHandle> tree = Stream.concat(Stream.of(root), root.descendants()).toList();
    long ticks = tree.stream().mapToLong(process -> ticks(process.pid())).sum();
    return ofTicks(ticks);
  }

  /** Of one process alone. */
  public static Duration of(long pid) {
    String stat = stat(pid);
    if (stat.isEmpty()) {
      throw new BenchFailure("process " + pid + " is gone");
    }
    return ofTicks(ticks(stat, USER, SYSTEM));
  }

  /** What the children of this process used that have ended and been waited for. */
  public static Duration ofEndedChildren() {
    String stat = stat(ProcessHandle.current().pid());
    return ofTicks(ticks(stat, CHILDREN_USER, CHILDREN_SYSTEM));
  }

  static Duration ofTicks(long ticks) {
    return Duration.ofMillis(ticks * 1000 / TICKS_PER_SECOND);
  }

  private static long ticks(long pid) {
    String stat = stat(pid);
    // Empty: it ended between the listing and the reading, and used nothing that counts here.
    return stat.isEmpty() ? 0 : ticks(stat, USER, SYSTEM);
  }

  private static String stat(long pid) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      throw new BenchFailure("cannot read the CPU time of process " + pid, e);
    }
  }

  /** User and system ticks of one {@code stat} line, whatever blanks the command's name holds. */
  static long ticks(String stat) {
    return ticks(stat, USER, SYSTEM);
  }

  private static long ticks(String stat, int user, int system) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Long.parseLong(fields[user]) + Long.parseLong(fields[system]);
  }
}
