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
  private static final long TICKS_PER_SECOND = 100;

  // Positions after the command's closing parenthesis; proc(5) counts them 14 and 15 of the whole
  // line.
  private static final int USER = 11;
  private static final int SYSTEM = 12;

  private CpuTime() {}

  public static Duration ofTree(long pid) {
    ProcessHandle root =
        ProcessHandle.of(pid).orElseThrow(() -> new BenchFailure("process " + pid + " is gone"));
    List<ProcessHandle> tree = Stream.concat(Stream.of(root), root.descendants()).toList();
    long ticks = tree.stream().mapToLong(process -> ticks(process.pid())).sum();
    return Duration.ofMillis(ticks * 1000 / TICKS_PER_SECOND);
  }

  private static long ticks(long pid) {
    try {
      return ticks(Files.readString(Path.of("/proc", Long.toString(pid), "stat")));
    } catch (NoSuchFileException e) {
      return 0; // ended between the listing and the reading: it used nothing that counts here
    } catch (IOException e) {
      throw new BenchFailure("cannot read the CPU time of process " + pid, e);
    }
  }

  /** User and system ticks of one {@code stat} line, whatever blanks the command's name holds. */
  static long ticks(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM]);
  }
}
