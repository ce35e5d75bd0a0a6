package io.portico.gateway.execute.usage;

import io.portico.gateway.execute.usage.UsageLedger.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that reads and writes the ledger, so that no request does: it renews leases, as
 * many in one write as have asked meanwhile, and makes its rounds.
 *
 * <p>The thread starts with the first request and ends with {@link #close}, after a last round.
 */
final class UsageWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UsageWriter.class);

  /** A write of more meters than these would keep others waiting. */
  static final int MOST_AT_ONCE = 500;

  private static final Duration END = Duration.ofSeconds(30);

  private final UsageLedger ledger;
  private final Duration every;
  private final Round round;
  private final LinkedBlockingQueue<Work> queue = new LinkedBlockingQueue<>();
  private @Nullable Thread thread;
  private boolean closed;
  private boolean ending;
  private long roundAt;
  private boolean failing;

  /**
   * @param every how long from round to round
   */
  UsageWriter(UsageLedger ledger, Duration every, Round round) {
    this.ledger = ledger;
    this.every = every;
    this.round = round;
  }

  /** What is done from time to time. */
  @FunctionalInterface
  interface Round {

    /**
     * @param last nothing is counted any more
     * @throws LedgerException if the ledger fails
     */
    void make(boolean last);
  }

  private sealed interface Work {}

  private record Renew(Renewal renewal) implements Work {}

  private record Task(Runnable run) implements Work {}

  private enum End implements Work {
    NOW
  }

  /** Renews a lease, which tells who waits for it. */
  void renew(Renewal renewal) {
    if (!add(new Renew(renewal))) {
      renewal.meter().renewed();
      renewal.failed(new IllegalStateException("usage is counted no more"));
    }
  }

  /**
   * Runs {@code task} on the thread of the ledger.
   *
   * @throws LedgerException if the ledger fails
   */
  <T> T call(Callable<T> task) {
    FutureTask<T> result = new FutureTask<>(task);
    if (!add(new Task(result))) {
      throw new IllegalStateException("usage is counted no more");
    }
    try {
      return result.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof LedgerException failure
          ? failure
          : new IllegalStateException("usage could not be worked on", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private synchronized boolean add(Work work) {
    if (closed) {
      return false;
    }
    queue.add(work);
    start();
    return true;
  }

  /** Begins to make rounds, now that there is something to count. */
  synchronized void start() {
    if (thread == null && !closed) {
      // A virtual thread would run where a request does: on its event loop.
      thread = Thread.ofPlatform().daemon().name("usage-writer").start(this::run);
    }
  }

  private void run() {
    roundAt = System.nanoTime() + every.toNanos();
    while (!ending) {
      FutureTask<@Nullable Void> step = new FutureTask<>(this::step, null);
      step.run();
      if (step.state() == Future.State.FAILED) {
        LOG.error("a bug: usage was not counted as it should be", step.exceptionNow());
      }
    }
  }

  private void step() {
    work(next(roundAt - System.nanoTime()));
    if (ending || System.nanoTime() - roundAt >= 0) {
      roundAt = System.nanoTime() + every.toNanos();
      makeRound(ending);
    }
  }

  private List<Work> next(long nanos) {
    List<Work> works = new ArrayList<>();
    try {
      Work first = queue.poll(Math.max(nanos, 0), TimeUnit.NANOSECONDS);
      if (first != null) {
        works.add(first);
        queue.drainTo(works);
      }
    } catch (InterruptedException e) {
      // Nobody has a reason to interrupt this thread; it ends as if it was closed.
      works.add(End.NOW);
    }
    return works;
  }

  /** Does what has come meanwhile, amid a long round. */
  void serve() {
    List<Work> works = new ArrayList<>();
    queue.drainTo(works);
    work(works);
  }

  private void work(List<Work> works) {
    List<Renewal> renewals = new ArrayList<>();
    List<Runnable> tasks = new ArrayList<>();
    for (Work work : works) {
      switch (work) {
        case Renew renew -> renewals.add(renew.renewal());
        case Task task -> tasks.add(task.run());
        case End _ -> ending = true;
      }
    }
    for (int from = 0; from < renewals.size(); from += MOST_AT_ONCE) {
      renewAll(renewals.subList(from, Math.min(from + MOST_AT_ONCE, renewals.size())));
    }
    tasks.forEach(Runnable::run);
  }

  private void renewAll(List<Renewal> renewals) {
    List<Renewal> prepared = new ArrayList<>();
    List<Entry> entries = new ArrayList<>();
    for (Renewal renewal : renewals) {
      renewal.meter().renewed();
      try {
        entries.addAll(renewal.prepare(ledger));
        prepared.add(renewal);
      } catch (LedgerException e) {
        failed(e);
        renewal.failed(e);
      }
    }
    try {
      write(entries);
      prepared.forEach(Renewal::succeeded);
    } catch (LedgerException e) {
      prepared.forEach(renewal -> renewal.failed(e));
    }
  }

  /**
   * Writes to the ledger; by this thread alone.
   *
   * @throws LedgerException if the ledger fails
   */
  void write(List<Entry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    try {
      ledger.write(entries);
    } catch (LedgerException e) {
      failed(e);
      throw e;
    }
    if (failing) {
      failing = false;
      LOG.info("usage is written again");
    }
  }

  private void makeRound(boolean last) {
    try {
      round.make(last);
    } catch (LedgerException e) {
      failed(e);
    }
  }

  /** Tells of the first of several failures. */
  private void failed(LedgerException reason) {
    if (!failing) {
      failing = true;
      LOG.error("usage of API keys cannot be written; quotas end with what is reserved", reason);
    }
  }

  /** Makes a last round and ends; nothing is counted any more. */
  @Override
  public void close() {
    Thread running;
    synchronized (this) {
      closed = true;
      running = thread;
      queue.add(End.NOW);
    }
    if (running == null) {
      return;
    }
    try {
      if (!running.join(END)) {
        LOG.error("usage of API keys was not written within {} s", END.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
