package io.portico.lambda.environment;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the processes of functions while there are any. One thread for all of them.
 *
 * <p>Ten times a second, it ends those that have more memory resident than they may: one that takes
 * very much at once has it for a moment. An address-space limit would not do: Node.js and the JVM
 * reserve far more than they use. Where a cgroup limits a process, the kernel does this.
 *
 * <p>Once a second, it looks at the machine's processes for those that a function has started and
 * that have left its process group, and tells the supervisor; where that takes long, less often.
 */
final class ProcessWatch {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessWatch.class);
  private static final long PAUSE_NANOS = 100_000_000;
  private static final long SEARCH_PAUSE_NANOS = 1_000_000_000;
  private static final long LONGEST_SEARCH_PAUSE_NANOS = 3_000_000_000L;
  private static final int PAUSE_FOR_TIME_TAKEN = 100;

  private final Map<RuntimeProcess, Watched> processes = new ConcurrentHashMap<>();
  private boolean watching;
  private long nextSearch = System.nanoTime();

  /**
   * A process.
   *
   * @param most megabytes that it may have; 0 where it is not to be looked at
   * @param family processes that belong to it, as the last search has found them
   */
  private record Watched(int most, Set<Long> family) {}

  /**
   * Watches a process until it is removed.
   *
   * @param most megabytes that it may have resident, or 0 where something else limits it
   */
  synchronized void add(RuntimeProcess process, int most) {
    processes.put(process, new Watched(most, Set.of()));
    if (!watching) {
      watching = true;
      Thread.ofPlatform().daemon().name("function-processes").start(this::watch);
    }
  }

  void remove(RuntimeProcess process) {
    processes.remove(process);
  }

  private void watch() {
    while (goesOn()) {
      try {
        if (System.nanoTime() - nextSearch >= 0) {
          search();
        }
        processes.forEach(ProcessWatch::look);
      } catch (RuntimeException e) {
        // What is wrong with one must not keep the others from being looked at.
        LOG.error("a function's processes cannot be looked at", e);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private synchronized boolean goesOn() {
    watching = !processes.isEmpty();
    return watching;
  }

  private static void look(RuntimeProcess process, Watched watched) {
    int most = watched.most;
    if (most > 0 && ProcessMemory.resident(process.pid(), watched.family, most) > most) {
      process.killForMemory();
    }
  }

  private void search() {
    long begin = System.nanoTime();
    Map<Long, ProcessFigures> all = ProcessFigures.all();
    Map<Long, Set<Long>> families = families(all);
    processes.forEach(
        (process, watched) -> {
          Set<Long> family = families.getOrDefault(process.pid(), Set.of());
          processes.replace(process, watched, new Watched(watched.most, family));
          process.follow(groups(process.pid(), family, all));
        });
    long end = System.nanoTime();
    nextSearch =
        end
            + Math.clamp(
                PAUSE_FOR_TIME_TAKEN * (end - begin),
                SEARCH_PAUSE_NANOS,
                LONGEST_SEARCH_PAUSE_NANOS);
  }

  /**
   * The process groups that a function's processes have made. One that has begun a moment ago may
   * still be in the group of Portico, which must never be taken for the function's.
   *
   * @param pid the function's first process
   * @param family all of its processes
   */
  static Set<Long> groups(long pid, Set<Long> family, Map<Long, ProcessFigures> all) {
    Set<Long> groups = new HashSet<>();
    for (long member : family) {
      ProcessFigures figures = all.get(member);
      if (figures != null
          && figures.group() != pid
          && (family.contains(figures.group())
              || figures.session() == pid
              || family.contains(figures.session()))) {
        groups.add(figures.group());
      }
    }
    return groups;
  }

  /** Who belongs to whom: by session, by group, or by who has started whom. */
  private Map<Long, Set<Long>> families(Map<Long, ProcessFigures> all) {
    Set<Long> leaders = new HashSet<>();
    processes.keySet().forEach(process -> leaders.add(process.pid()));
    Map<Long, Set<Long>> families = new HashMap<>();
    for (Long pid : all.keySet()) {
      Long leader = leader(pid, all, leaders);
      if (leader != null) {
        families.computeIfAbsent(leader, added -> new HashSet<>()).add(pid);
      }
    }
    return families;
  }

  private static @Nullable Long leader(long pid, Map<Long, ProcessFigures> all, Set<Long> leaders) {
    Set<Long> seen = new HashSet<>();
    ProcessFigures figures = all.get(pid);
    for (long each = pid; figures != null && seen.add(each); figures = all.get(each)) {
      if (leaders.contains(each)) {
        return each;
      }
      if (leaders.contains(figures.session())) {
        return figures.session();
      }
      if (leaders.contains(figures.group())) {
        return figures.group();
      }
      each = figures.parent();
    }
    return null;
  }
}
