package io.portico.gateway.execute.telemetry;

import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits in memory, and in a file once that is full: until all of the file is written again,
 * everything goes through it, so that the order stays. Calls never wait for the file, which has a
 * thread of its own. What is in it when the process ends is written by the next one. What of it is
 * no item, as a disk that was full or a crash may leave it, is stepped over and counted as dropped.
 */
final class SpillBacklog<T> implements Backlog<T> {
  private static final Logger LOG = LoggerFactory.getLogger(SpillBacklog.class);
  private static final int BATCH = 512;
  private static final long IDLE_MILLIS = 1_000;
  private static final Duration LAST_WRITES = Duration.ofSeconds(2);

  private final Waiting<T> waiting;
  private final Waiting<T> overflowing;
  private final SpillFile file;
  private final Form<T> form;
  private final Counter dropped;
  private final Thread spiller;
  private final AtomicLong onTheirWay = new AtomicLong();
  private volatile boolean spilling;
  private volatile boolean closed;
  private boolean failing;
  private boolean unreadable;

  /** What was taken out of the file last; null where it was out of memory. */
  private @Nullable List<T> ofFile;

  /** What is left of that; null where all of it is. */
  private volatile @Nullable List<T> leftOfFile;

  /** How items stand in the file: one line each. */
  record Form<T>(Function<T, String> written, Function<String, T> read) {}

  /**
   * @param bounds of items in memory, twice: for who writes, and on the way to the file
   * @param dropped counts what the file has no room for
   */
  SpillBacklog(
      String name, Waiting.Bounds<T> bounds, SpillFile file, Form<T> form, Counter dropped) {
    this.waiting = new Waiting<>(bounds);
    this.overflowing = new Waiting<>(bounds);
    this.file = file;
    this.form = form;
    this.dropped = dropped;
    this.spilling = !file.isEmpty();
    this.spiller = Thread.ofPlatform().daemon().name(name + "-spill").start(this::spill);
  }

  @Override
  public boolean offer(T item) {
    if (!spilling) {
      if (waiting.offer(item)) {
        return true;
      }
      spilling = true;
    }
    onTheirWay.incrementAndGet();
    if (overflowing.offer(item)) {
      return true;
    }
    onTheirWay.decrementAndGet();
    return false;
  }

  private void spill() {
    while (!closed || !overflowing.isEmpty()) {
      overflowing.await(IDLE_MILLIS);
      write(overflowing.next(BATCH));
      onTheirWay.addAndGet(-overflowing.done().size());
    }
  }

  private void write(List<T> items) {
    if (items.isEmpty()) {
      return;
    }
    int kept = 0;
    try {
      kept = file.add(items.stream().map(form.written).toList());
      failing = false;
    } catch (IOException e) {
      if (!failing) {
        failing = true;
        LOG.error("{} cannot write", spiller.getName(), e);
      }
    }
    dropped.increment(items.size() - kept);
  }

  @Override
  public void await(long millis) {
    if (file.isEmpty() || unreadable) {
      waiting.await(spilling && !unreadable ? Math.min(millis, 50) : millis);
    }
  }

  @Override
  public void gather(long enough, long millis) {
    waiting.gather(enough, millis);
  }

  @Override
  public List<T> next(int most) {
    List<T> left = leftOfFile;
    List<T> again = left == null ? ofFile : left;
    if (again != null) {
      return again;
    }
    if (!waiting.isEmpty() || (!spilling && file.isEmpty())) {
      return waiting.next(most);
    }
    boolean more = onTheirWay.get() > 0;
    List<T> read = read(most);
    if (!read.isEmpty()) {
      ofFile = read;
    } else if (!more && file.isEmpty()) {
      spilling = false;
    }
    return read;
  }

  /** The first items of the file; none where there are none, or none that can be read. */
  private List<T> read(int most) {
    List<T> items = new ArrayList<>();
    if (file.isEmpty()) {
      return items;
    }
    try {
      List<String> lines = file.next(most);
      unreadable = false;
      for (String line : lines) {
        try {
          items.add(form.read.apply(line));
        } catch (RuntimeException e) {
          dropped.increment();
          LOG.warn("{} has read what is no line of a log: {}", spiller.getName(), e.toString());
        }
      }
      if (lines.isEmpty()) {
        dropped.increment();
      }
      if (items.isEmpty()) {
        file.done();
      }
    } catch (IOException e) {
      if (!unreadable) {
        unreadable = true;
        LOG.error("{} cannot read", spiller.getName(), e);
      }
    }
    return items;
  }

  @Override
  public void done() {
    if (ofFile == null) {
      waiting.done();
      return;
    }
    ofFile = null;
    leftOfFile = null;
    try {
      file.done();
    } catch (IOException e) {
      LOG.error("{} cannot go on", spiller.getName(), e);
    }
  }

  @Override
  public void left(List<T> items) {
    if (ofFile == null) {
      List<T> _ = waiting.left(items);
    } else {
      leftOfFile = items;
    }
  }

  @Override
  public boolean isEmpty() {
    return waiting.isEmpty();
  }

  @Override
  public int close() {
    closed = true;
    LockSupport.unpark(spiller);
    try {
      boolean _ = spiller.join(LAST_WRITES);
      List<T> left = leftOfFile;
      if (left != null) {
        file.keep(left.stream().map(form.written).toList());
      }
      while (!waiting.isEmpty()) {
        write(waiting.next(BATCH));
        waiting.done();
      }
      file.close();
    } catch (IOException e) {
      LOG.error("{} cannot be closed", spiller.getName(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return waiting.size() + overflowing.size();
  }
}
