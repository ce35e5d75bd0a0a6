package io.portico.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The memory of a process and its descendants in bytes, as the kernel counts it; of several
 * processes, pages that they share count for each.
 *
 * @param resident VmRSS: all pages that are in memory now
 * @param greatest VmHWM: the most that were at any time
 * @param proportional PSS: pages shared with other processes count for their part only
 */
public record Memory(long resident, long greatest, long proportional) {
  private static final long KILOBYTE = 1024;

  public static Memory ofTree(long pid) {
    ProcessHandle root =
        ProcessHandle.of(pid).orElseThrow(() -> new BenchFailure("process " + pid + " is gone"));
    return Stream.concat(Stream.of(root), root.descendants())
        .map(process -> of(process.pid()))
        .reduce(new Memory(0, 0, 0), Memory::plus);
  }

  private static Memory of(long pid) {
    List<String> status = lines(pid, "status");
    return new Memory(
        bytes(status, "VmRSS:"),
        bytes(status, "VmHWM:"),
        bytes(lines(pid, "smaps_rollup"), "Pss:"));
  }

  private Memory plus(Memory other) {
    return new Memory(
        resident + other.resident, greatest + other.greatest, proportional + other.proportional);
  }

  private static List<String> lines(long pid, String file) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), file));
    } catch (NoSuchFileException e) {
      // It ended between the listing and the reading.
      return List.of();
    } catch (IOException e) {
      throw new BenchFailure("cannot read the memory of process " + pid, e);
    }
  }

  /** The value of one line, such as {@code VmHWM: 1234 kB}. */
  static long bytes(List<String> lines, String field) {
    return lines.stream()
        .filter(line -> line.startsWith(field))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KILOBYTE)
        .sum();
  }
}
