package io.portico.gateway.execute.telemetry;

import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what calls leave behind on a thread of its own, many at a time. Calls never wait for it:
 * what it cannot keep up with, or cannot write, is dropped and counted.
 *
 * @param <T> what is written
 */
final class BatchWriter<T> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BatchWriter.class);
  private static final int BATCH = 512;

  /**
   * How long the first of a batch waits for others: a thread that is woken, and a write, for each
   * would cost more than all else that is done for it.
   */
  private static final long GATHER_MILLIS = 20;

  /** Wakes the thread to close. */
  private static final Object WAKE_UP = new Object();

  private static final Duration LAST_WRITES = Duration.ofSeconds(5);

  private final String name;
  private final Batches<T> out;
  private final Counts counts;
  private final Bounds<T> bounds;
  private final BlockingQueue<Object> waiting;
  private final AtomicLong weight = new AtomicLong();
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);
  private boolean failing;

  /** Where batches go. */
  @FunctionalInterface
  interface Batches<T> {
    /**
     * @throws IOException if they could not be written: they are lost then
     */
    void write(List<T> batch) throws IOException;
  }

  /**
   * Counts items.
   *
   * @param written that were
   * @param dropped that were not
   */
  record Counts(Counter written, Counter dropped) {}

  /**
   * How much may wait.
   *
   * @param most items
   * @param mostWeight of all of them together
   */
  record Bounds<T>(int most, long mostWeight, ToIntFunction<T> weight) {
    static <T> Bounds<T> of(int most) {
      return new Bounds<>(most, Long.MAX_VALUE, item -> 0);
    }
  }

  private BatchWriter(String name, Batches<T> out, Counts counts, Bounds<T> bounds) {
    this.name = name;
    this.out = out;
    this.counts = counts;
    this.bounds = bounds;
    this.waiting = new ArrayBlockingQueue<>(bounds.most);
    this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
  }

  /**
   * A writer that runs until it is closed.
   *
   * @param name of its thread, and what it is called in the log: {@code access-log}
   */
  static <T> BatchWriter<T> start(String name, Batches<T> out, Counts counts, Bounds<T> bounds) {
    BatchWriter<T> writer = new BatchWriter<>(name, out, counts, bounds);
    writer.thread.start();
    return writer;
  }

  /** Takes an item, or drops it. */
  void offer(T item) {
    int heavy = bounds.weight.applyAsInt(item);
    if (weight.addAndGet(heavy) > bounds.mostWeight || isClosed() || !waiting.offer(item)) {
      weight.addAndGet(-heavy);
      counts.dropped.increment();
    }
  }

  /** Takes no more, and writes what waits; gives up after five seconds. */
  @Override
  public void close() {
    closing.countDown();
    // No interrupt: it would close a file under a write. A full queue wakes the thread anyway.
    waiting.offer(WAKE_UP);
    try {
      if (!thread.join(LAST_WRITES)) {
        LOG.warn("the {} could not be written out: {} lost", name, waiting.size());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    List<Object> taken = new ArrayList<>(BATCH);
    while (!isClosed() || !waiting.isEmpty()) {
      Object first = next();
      if (first != null) {
        taken.add(first);
        gather();
        do {
          waiting.drainTo(taken, BATCH - taken.size());
          write(items(taken));
          taken.clear();
        } while (!waiting.isEmpty());
      }
    }
  }

  /** What waits has come by {@link #offer}, but for what wakes the thread. */
  @SuppressWarnings("unchecked")
  private List<T> items(List<Object> taken) {
    taken.removeIf(item -> item == WAKE_UP);
    return (List<T>) taken;
  }

  private boolean isClosed() {
    return closing.getCount() == 0;
  }

  private void gather() {
    try {
      boolean _ = closing.await(GATHER_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      // Nobody interrupts this thread to stop it: close() does.
    }
  }

  private @Nullable Object next() {
    try {
      return waiting.poll(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      // Nobody interrupts this thread to stop it: close() does.
      return null;
    }
  }

  private void write(List<T> batch) {
    if (batch.isEmpty()) {
      return;
    }
    for (T item : batch) {
      weight.addAndGet(-bounds.weight.applyAsInt(item));
    }
    try {
      out.write(batch);
      counts.written.increment(batch.size());
      failing = false;
    } catch (IOException e) {
      counts.dropped.increment(batch.size());
      if (!failing) {
        failing = true;
        LOG.error("the {} cannot be written", name, e);
      }
    }
  }
}
