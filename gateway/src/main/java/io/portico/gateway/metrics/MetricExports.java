package io.portico.gateway.metrics;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands what was measured on to somebody who keeps it elsewhere, a minute at a time, on a thread of
 * its own. Who is down is handed some minutes once he is back; what is older is dropped and
 * counted. Nobody waits for him but that thread.
 */
public final class MetricExports implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MetricExports.class);
  private static final int MOST_MINUTES = 15;

  /** How long an end may take. */
  private static final Duration LONGEST_END = Duration.ofSeconds(2);

  private final String name;
  private final MetricExporter exporter;
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong exported = new AtomicLong();
  private final ThreadPoolExecutor thread;

  /** By the thread alone. */
  private boolean failing;

  private Map<MetricKey, MetricBatch.Measured> gathered = new LinkedHashMap<>();
  private final Deque<MetricBatch> waiting = new ArrayDeque<>();

  /** Keeps metrics elsewhere. */
  @FunctionalInterface
  public interface MetricExporter {
    /**
     * Takes them all, or none.
     *
     * @throws IOException if they were not taken; they will be brought again
     */
    void export(MetricBatch batch) throws IOException;
  }

  /**
   * @param name of whoever keeps them, for the log
   */
  public MetricExports(String name, MetricExporter exporter) {
    this.name = name;
    this.exporter = exporter;
    this.thread =
        new ThreadPoolExecutor(
            0,
            1,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(1),
            task -> Thread.ofPlatform().daemon().name("metrics-" + name).unstarted(task),
            // It is busy, and will find what waits.
            new ThreadPoolExecutor.DiscardPolicy());
  }

  /** How many values of metrics were handed on. */
  public long exported() {
    return exported.get();
  }

  /** How many were not, as there were too many that waited. */
  public long dropped() {
    return dropped.get();
  }

  /** Something was measured in this minute. */
  public synchronized void add(MetricKey key, String unit, Distribution values) {
    gathered
        .computeIfAbsent(key, absent -> new MetricBatch.Measured(absent, unit, new Distribution()))
        .values()
        .add(values);
  }

  /**
   * A minute has ended.
   *
   * @param minute its start, in seconds since 1970
   */
  public void end(long minute) {
    synchronized (this) {
      if (!gathered.isEmpty()) {
        waiting.add(new MetricBatch(minute, List.copyOf(gathered.values())));
        gathered = new LinkedHashMap<>();
      }
      while (waiting.size() > MOST_MINUTES) {
        dropped.addAndGet(waiting.remove().all().size());
      }
      if (waiting.isEmpty()) {
        return;
      }
    }
    try {
      thread.execute(this::export);
    } catch (RejectedExecutionException e) {
      LOG.debug("{}: a minute came too late", name);
    }
  }

  private void export() {
    @Nullable MetricBatch batch = first();
    while (batch != null) {
      try {
        exporter.export(batch);
        failing = false;
      } catch (IOException | RuntimeException e) {
        if (!failing) {
          failing = true;
          LOG.warn("metrics are not taken by {}: {}", name, e.toString());
        }
        return;
      }
      exported.addAndGet(batch.all().size());
      synchronized (this) {
        waiting.remove(batch);
      }
      batch = first();
    }
  }

  private synchronized @Nullable MetricBatch first() {
    return waiting.peek();
  }

  /** What waits is handed on if that takes but a moment; what is left is dropped. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
    dropAll();
  }

  private synchronized void dropAll() {
    long left = gathered.size() + waiting.stream().mapToLong(batch -> batch.all().size()).sum();
    gathered.clear();
    waiting.clear();
    if (left > 0) {
      dropped.addAndGet(left);
      LOG.warn("{} metrics are not taken by {} before the end", left, name);
    }
  }
}
