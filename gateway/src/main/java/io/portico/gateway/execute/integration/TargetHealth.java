package io.portico.gateway.execute.integration;

import io.portico.gateway.http.UpstreamRequest.Origin;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which targets are healthy: each is looked at again and again while it is watched, on threads of
 * its own. A target is healthy until looks have failed often enough in a row, and from then on
 * until they have succeeded so often.
 *
 * <p>AWS: a target is not healthy before its first look; source: documented,
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html.
 * Here it is, so that the first requests after a start are spread, too.
 */
public final class TargetHealth implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TargetHealth.class);

  /** Looks that wait at once; others come later. */
  private static final int THREADS = 8;

  private static final Duration IDLE_THREAD = Duration.ofSeconds(10);

  private final Rules rules;
  private final TargetProbe probe;
  private final ConcurrentHashMap<Origin, Target> watched = new ConcurrentHashMap<>();
  private final ScheduledThreadPoolExecutor threads;
  private volatile Runnable listener = () -> {};

  /**
   * When targets are looked at, and what follows.
   *
   * @param interval from the end of a look to the next; zero for never
   * @param healthy looks in a row that must succeed for an unhealthy target to be healthy again
   * @param unhealthy looks in a row that must fail for a healthy target to be so no more
   */
  public record Rules(Duration interval, int healthy, int unhealthy) {}

  /** One that looks. */
  public TargetHealth(Rules rules, TargetProbe probe) {
    this.rules = rules;
    this.probe = probe;
    threads = new Threads();
  }

  /** A look that broke off is a bug, which the log tells. */
  private static final class Threads extends ScheduledThreadPoolExecutor {
    Threads() {
      super(THREADS, Thread.ofPlatform().daemon().name("target-health-", 0).factory());
      setRemoveOnCancelPolicy(true);
      setKeepAliveTime(IDLE_THREAD.toNanos(), TimeUnit.NANOSECONDS);
      allowCoreThreadTimeOut(true);
    }

    @Override
    protected void afterExecute(Runnable look, @Nullable Throwable thrown) {
      super.afterExecute(look, thrown);
      if (look instanceof Future<?> ended && ended.state() == Future.State.FAILED) {
        LOG.error("a look at a target broke off", ended.exceptionNow());
      }
    }
  }

  /** One to which every target is healthy. */
  static TargetHealth unchecked() {
    return new TargetHealth(new Rules(Duration.ZERO, 1, 1), target -> {});
  }

  /** Has somebody told when a target's health has changed, on the thread that found it out. */
  void onChange(Runnable told) {
    listener = told;
  }

  /** Whether a target is healthy, as far as is known. */
  boolean isHealthy(Origin origin) {
    Target target = watched.get(origin);
    return target == null || target.healthy;
  }

  /** Watches these from now on, and no others: what was known of them is forgotten. */
  synchronized void watch(Set<Origin> origins) {
    watched.forEach(
        (origin, target) -> {
          if (!origins.contains(origin) && watched.remove(origin, target)) {
            target.stop();
          }
        });
    if (rules.interval.isZero() || threads.isShutdown()) {
      return;
    }
    for (Origin origin : origins) {
      watched.computeIfAbsent(origin, Target::new).start();
    }
  }

  /** Ends looks under way, and waits for that. */
  @Override
  public void close() {
    synchronized (this) {
      threads.shutdownNow();
    }
    try {
      if (!threads.awaitTermination(IDLE_THREAD.toSeconds(), TimeUnit.SECONDS)) {
        LOG.warn("a health check has not ended");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How many targets are watched. */
  int size() {
    return watched.size();
  }

  /** A target that is watched; looked at by one thread at a time. */
  private final class Target implements Runnable {
    private final Origin origin;
    private @Nullable Future<?> next;
    private volatile boolean healthy = true;

    /** Looks in a row that speak against what it is. */
    private int against;

    Target(Origin origin) {
      this.origin = origin;
    }

    void start() {
      if (next == null) {
        next = threads.schedule(this, 0, TimeUnit.NANOSECONDS);
      }
    }

    void stop() {
      if (next != null) {
        next.cancel(true);
      }
    }

    @Override
    public void run() {
      String failure = "the look broke off";
      try {
        probe.check(origin);
        failure = null;
      } catch (IOException e) {
        failure = String.valueOf(e.getMessage());
      } finally {
        done(failure);
      }
    }

    private void done(@Nullable String failure) {
      if (!isWatched()) {
        return;
      }
      try {
        looked(failure);
      } finally {
        lookAgain();
      }
    }

    private boolean isWatched() {
      return watched.get(origin) == this && !threads.isShutdown();
    }

    private void lookAgain() {
      synchronized (TargetHealth.this) {
        if (isWatched()) {
          next = threads.schedule(this, rules.interval.toNanos(), TimeUnit.NANOSECONDS);
        }
      }
    }

    /**
     * @param failure null where it was found healthy
     */
    private void looked(@Nullable String failure) {
      if ((failure == null) == healthy) {
        against = 0;
        return;
      }
      against++;
      if (against < (healthy ? rules.unhealthy : rules.healthy)) {
        return;
      }
      against = 0;
      healthy = failure == null;
      if (healthy) {
        LOG.info("the target {} is healthy again", origin.authority());
      } else {
        LOG.warn("the target {} is unhealthy: {}", origin.authority(), failure);
      }
      listener.run();
    }
  }
}
