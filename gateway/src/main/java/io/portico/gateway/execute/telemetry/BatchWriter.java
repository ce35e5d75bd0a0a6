package io.portico.gateway.execute.telemetry;

import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what calls leave behind on a thread of its own, many at a time. What its backlog does not
 * take, and what it cannot write, is dropped and counted. A mistake of the place, or of the
 * backlog, costs a batch, and never the thread.
 *
 * @param <T> what is written
 */
final class BatchWriter<T> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BatchWriter.class);
  private static final int BATCH = 512;

  /**
   * A thread that is woken, and a write, for each item would cost more than all else that is done
   * for it. But what waits lives through collections, which copy it: under load most of what they
   * copy.
   */
  private static final Gathering OF_WRITES = new Gathering(64 * 1024, Duration.ofMillis(20));

  private static final long IDLE_MILLIS = 1_000;
  private static final long FIRST_RETRY_MILLIS = 100;
  private static final long LAST_RETRY_MILLIS = 5_000;
  private static final long TOLD_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final Duration LAST_WRITES = Duration.ofSeconds(5);

  private final String name;
  private final Batches<T> out;
  private final Backlog<T> backlog;
  private final Counts counts;
  private final boolean persistent;
  private final Gathering gathering;
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);
  private boolean failing;

  /** Whether nothing came lately, so that the next item begins a batch. */
  private boolean quiet = true;

  /** Whether the backlog is no longer this thread's. */
  private volatile boolean abandoned;

  /** {@link System#nanoTime} at which it was last told what goes wrong. */
  private @Nullable Long toldNanos;

  /** Where batches go. */
  @FunctionalInterface
  interface Batches<T> {
    /**
     * @throws PartlyWrittenException if some of them could not be written
     * @throws IOException if none of them could be written, but all may be later
     */
    void write(List<T> batch) throws IOException;
  }

  /**
   * What a batch waits for before it is written.
   *
   * @param enough of this weight it waits for no more
   * @param longest that the first of it waits
   */
  record Gathering(long enough, Duration longest) {}

  /**
   * Counts items.
   *
   * @param written that were
   * @param dropped that were not
   */
  record Counts(Counter written, Counter dropped) {}

  private BatchWriter(
      String name,
      Batches<T> out,
      Backlog<T> backlog,
      Counts counts,
      boolean persistent,
      Gathering gathering) {
    this.name = name;
    this.out = out;
    this.backlog = backlog;
    this.counts = counts;
    this.persistent = persistent;
    this.gathering = gathering;
    this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
  }

  /**
   * A writer that runs until it is closed.
   *
   * @param name of its thread, and what it is called in the log: {@code access-log}
   * @param persistent whether a batch that cannot be written is tried again until it is; else it is
   *     lost
   */
  static <T> BatchWriter<T> start(
      String name, Batches<T> out, Backlog<T> backlog, Counts counts, boolean persistent) {
    return start(name, out, backlog, counts, persistent, OF_WRITES);
  }

  /**
   * The same, of batches that cost more than a write.
   *
   * @param gathering what a batch waits for
   */
  static <T> BatchWriter<T> start(
      String name,
      Batches<T> out,
      Backlog<T> backlog,
      Counts counts,
      boolean persistent,
      Gathering gathering) {
    BatchWriter<T> writer = new BatchWriter<>(name, out, backlog, counts, persistent, gathering);
    writer.thread.start();
    return writer;
  }

  /** Takes an item, or drops it. */
  void offer(T item) {
    if (isClosed() || !backlog.offer(item)) {
      counts.dropped.increment();
    }
  }

  /** Makes sure of a place for an item that will come, where the backlog has places; may wait. */
  boolean reserve() {
    return !isClosed() && backlog.reserve();
  }

  /** Takes an item there is a place for. */
  void offerReserved(T item) {
    if (isClosed()) {
      counts.dropped.increment();
    } else {
      backlog.offerReserved(item);
    }
  }

  /**
   * Takes no more, and writes what waits; gives up after five seconds. What is being written then
   * counts as lost, though it may be written yet.
   */
  @Override
  public void close() {
    closing.countDown();
    // No interrupt: it would close a file under a write.
    LockSupport.unpark(thread);
    try {
      abandoned = !thread.join(LAST_WRITES);
    } catch (InterruptedException e) {
      abandoned = true;
      Thread.currentThread().interrupt();
    }
    int lost = backlog.close();
    if (lost > 0) {
      counts.dropped.increment(lost);
      LOG.warn("the {} could not be written out: {} lost", name, lost);
    }
  }

  private void run() {
    while (!isClosed() || !backlog.isEmpty()) {
      try {
        writeWhatWaits();
      } catch (RuntimeException e) {
        tell("what waits for the {} cannot be taken", e);
        if (isClosed()) {
          return;
        }
        pause(FIRST_RETRY_MILLIS);
      }
      if (isGivingUp()) {
        return;
      }
    }
  }

  private void writeWhatWaits() {
    if (quiet) {
      backlog.await(IDLE_MILLIS);
      if (backlog.isEmpty()) {
        write(backlog.next(BATCH));
        return;
      }
    }
    if (!isClosed()) {
      backlog.gather(gathering.enough, gathering.longest.toMillis());
    }
    quiet = backlog.isEmpty();
    while (!backlog.isEmpty() && !isGivingUp()) {
      write(backlog.next(BATCH));
    }
  }

  /** Whether what is not written is left to the backlog. */
  private boolean isGivingUp() {
    return abandoned || (persistent && failing && isClosed());
  }

  private boolean isClosed() {
    return closing.getCount() == 0;
  }

  /** Waits, unless it is to end. */
  private void pause(long millis) {
    try {
      boolean _ = closing.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      // Nobody interrupts this thread to stop it: close() does.
    }
  }

  private void write(List<T> batch) {
    if (batch.isEmpty()) {
      return;
    }
    long retry = FIRST_RETRY_MILLIS;
    List<T> left = leftOf(batch);
    while (!left.isEmpty()) {
      if (!persistent) {
        counts.dropped.increment(left.size());
        break;
      }
      if (isClosed()) {
        // The backlog has it still, and knows what becomes of it.
        return;
      }
      pause(retry);
      retry = Math.min(2 * retry, LAST_RETRY_MILLIS);
      left = leftOf(left);
    }
    if (!abandoned) {
      backlog.done();
    }
  }

  /** Writes items; those that could not be written, but may be later. */
  private List<T> leftOf(List<T> items) {
    List<T> left = List.of();
    int lost = 0;
    try {
      out.write(items);
    } catch (PartlyWrittenException e) {
      left = e.left(items);
      lost = e.refused();
      tell("not all of the {} can be written", e);
    } catch (IOException e) {
      left = items;
      tell("the {} cannot be written", e);
    } catch (RuntimeException e) {
      // A mistake would be made again.
      lost = items.size();
      tell("a part of the {} is lost by a mistake", e);
    }
    failing = !left.isEmpty();
    if (persistent && failing && left.size() < items.size() && !abandoned) {
      backlog.left(left);
    }
    counts.written.increment(items.size() - left.size() - lost);
    counts.dropped.increment(lost);
    return left;
  }

  /** Once a minute at most: what is lost is counted. */
  private void tell(String what, Exception wrong) {
    long now = System.nanoTime();
    Long before = toldNanos;
    if (before == null || now - before > TOLD_NANOS) {
      toldNanos = now;
      LOG.error(what, name, wrong);
    }
  }
}
