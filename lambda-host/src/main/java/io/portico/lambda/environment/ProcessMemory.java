package io.portico.lambda.environment;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The memory of a process and of those that it has started. */
final class ProcessMemory {
  private static final int KILOBYTES = 1024;

  private ProcessMemory() {}

  /**
   * Megabytes that are resident now; 0 where nothing says. What several of them share is counted
   * once, where it matters.
   *
   * @param pid a process, counted with its children and theirs
   * @param others that belong to it, though they may be nobody's children any more
   * @param most up to which it does not matter
   */
  static int resident(long pid, Collection<Long> others, int most) {
    Map<Long, ProcessFigures> family = family(pid, others);
    int megabytes =
        megabytes(family.values().stream().mapToInt(ProcessFigures::residentKilobytes).sum());
    if (megabytes <= most || family.size() == 1) {
      return megabytes;
    }
    int shares = megabytes(family.keySet().stream().mapToInt(ProcessFigures::share).sum());
    return shares == 0 ? megabytes : shares;
  }

  private static Map<Long, ProcessFigures> family(long pid, Collection<Long> others) {
    Map<Long, ProcessFigures> family = new LinkedHashMap<>();
    Deque<Long> left = new ArrayDeque<>(others);
    Set<Long> seen = new HashSet<>(others);
    if (seen.add(pid)) {
      left.addFirst(pid);
    }
    for (Long each = left.poll(); each != null; each = left.poll()) {
      ProcessFigures figures = ProcessFigures.of(each);
      if (figures != null) {
        family.put(each, figures);
        ProcessFigures.children(each).stream().filter(seen::add).forEach(left::add);
      }
    }
    return family;
  }

  /**
   * The most megabytes that a process had resident, or one that its first thread has started; 0
   * where nothing says.
   */
  static int peak(long pid) {
    ProcessFigures figures = ProcessFigures.of(pid);
    int peak = figures == null ? 0 : megabytes(figures.peakKilobytes());
    for (long child : ProcessFigures.childrenOfMain(pid)) {
      peak = Math.max(peak, peak(child));
    }
    return peak;
  }

  private static int megabytes(int kilobytes) {
    return Math.ceilDiv(kilobytes, KILOBYTES);
  }
}
