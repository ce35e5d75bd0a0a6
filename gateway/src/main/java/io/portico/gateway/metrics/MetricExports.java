package io.portico.gateway.metrics;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands what was measured on to somebody who keeps it elsewhere, a minute at a time, on a thread of
 * its own. Who is down is handed some minutes once he is back; what is older is dropped and
 * counted, as is what he refuses. Nobody waits for him but that thread.
 */
public final class MetricExports implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MetricExports.class);
  private static final int MOST_MINUTES = 15;

  /** Who takes less at once divides them. */
  private static final int MOST_METRICS = 200;

  /** How long an end may take. */
  private static final Duration LONGEST_END = Duration.ofSeconds(2);

  private final String name;
  private final MetricExporter exporter;
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong exported = new AtomicLong();
  private final ThreadPoolExecutor thread;

  /** Accounts and regions whose metrics were not taken; by the thread alone. */
  private final Set<String> failing = new HashSet<>();

  private Map<MetricKey, MetricBatch.Measured> gathered = new LinkedHashMap<>();
  private final Deque<MetricBatch> waiting = new ArrayDeque<>();

  /** Keeps metrics elsewhere. */
  @FunctionalInterface
  public interface MetricExporter {
    /**
     * Takes them all, or none: two hundred at most.
     *
     * @throws RefusedException if they will never be taken
     * @throws IOException if they were not taken; they will be brought again
     */
    void export(MetricBatch batch) throws IOException;

    /** Divides what is too much to be taken at once. */
    default List<MetricBatch> divided(MetricBatch batch) {
      return List.of(batch);
    }
  }

  /** They are not taken however often they are brought. */
  public static final class RefusedException extends IOException {
    public RefusedException(String message) {
      super(message);
    }
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

  /** How many were not, as there were too many that waited, or as they were refused. */
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
        Collection<MetricBatch.Measured> ended = gathered.values();
        gathered = new LinkedHashMap<>();
        try {
          waiting.addAll(batches(ended, minute));
        } catch (RuntimeException e) {
          dropped.addAndGet(ended.size());
          throw e;
        }
      }
      while (waiting.stream().mapToLong(MetricBatch::minute).distinct().count() > MOST_MINUTES) {
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

  private List<MetricBatch> batches(Collection<MetricBatch.Measured> ended, long minute) {
    Map<String, List<MetricBatch.Measured>> byScope =
        ended.stream().collect(Collectors.groupingBy(measured -> measured.key().scope()));
    List<MetricBatch> batches = new ArrayList<>();
    byScope.forEach(
        (scope, all) -> {
          for (int from = 0; from < all.size(); from += MOST_METRICS) {
            int to = Math.min(from + MOST_METRICS, all.size());
            batches.addAll(
                exporter.divided(
                    new MetricBatch(scope, minute, List.copyOf(all.subList(from, to)))));
          }
        });
    return batches;
  }

  /** One account and region does not wait for another. */
  private void export() {
    Set<String> down = new HashSet<>();
    @Nullable MetricBatch batch = next(down);
    while (batch != null && !Thread.currentThread().isInterrupted()) {
      if (!export(batch)) {
        down.add(batch.scope());
      }
      batch = next(down);
    }
  }

  /** Whether it needs to be brought no more. */
  private boolean export(MetricBatch batch) {
    try {
      exporter.export(batch);
      failing.remove(batch.scope());
      end(batch, exported);
      return true;
    } catch (RefusedException e) {
      fail(batch, e);
      end(batch, dropped);
      return true;
    } catch (IOException | RuntimeException e) {
      fail(batch, e);
      return false;
    }
  }

  /** It is said once, until there is a success. */
  private void fail(MetricBatch batch, Exception e) {
    if (failing.add(batch.scope())) {
      LOG.warn("metrics of {} are not taken by {}: {}", batch.scope(), name, e.toString());
    }
  }

  /** What was dropped meanwhile is counted already. */
  private synchronized void end(MetricBatch batch, AtomicLong counter) {
    if (waiting.remove(batch)) {
      counter.addAndGet(batch.all().size());
    }
  }

  private synchronized @Nullable MetricBatch next(Set<String> down) {
    return waiting.stream().filter(batch -> !down.contains(batch.scope())).findFirst().orElse(null);
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
