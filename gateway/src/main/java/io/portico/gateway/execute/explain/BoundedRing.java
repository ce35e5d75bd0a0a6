package io.portico.gateway.execute.explain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The newest entries, as many as count and bytes allow. */
final class BoundedRing {
  private final int most;
  private final long mostBytes;
  private final Deque<ExplainEntry> entries = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private long bytes;

  /**
   * @param most entries
   * @param mostBytes what they take together
   */
  BoundedRing(int most, long mostBytes) {
    this.most = most;
    this.mostBytes = mostBytes;
  }

  /** Adds the newest; one that is larger than all may be is left out. */
  void add(ExplainEntry entry) {
    if (entry.bytes() > mostBytes || most == 0) {
      return;
    }
    lock.lock();
    try {
      entries.addLast(entry);
      bytes += entry.bytes();
      while (entries.size() > most || bytes > mostBytes) {
        bytes -= entries.removeFirst().bytes();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The newest that is as it should be, or null. */
  @Nullable ExplainEntry newest(Predicate<ExplainEntry> wanted) {
    lock.lock();
    try {
      for (Iterator<ExplainEntry> each = entries.descendingIterator(); each.hasNext(); ) {
        ExplainEntry entry = each.next();
        if (wanted.test(entry)) {
          return entry;
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  /** All of them, the oldest first. */
  List<ExplainEntry> all() {
    lock.lock();
    try {
      return new ArrayList<>(entries);
    } finally {
      lock.unlock();
    }
  }
}
