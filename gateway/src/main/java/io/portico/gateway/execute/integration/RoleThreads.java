package io.portico.gateway.execute.integration;

import io.portico.gateway.http.UpstreamRequest.Origin;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The threads on which roles are assumed. Few of them wait for the same STS at a time, so that one
 * that does not answer leaves the others theirs.
 */
final class RoleThreads implements AutoCloseable {
  /** A quarter of them for each STS. */
  static final int OF_ONE_STS = 4;

  private static final int MOST = 4 * OF_ONE_STS;
  private static final long IDLE_SECONDS = 10;

  private final ExecutorService threads = threads();
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Origin, Lane> lanes = new HashMap<>();
  private boolean closed;

  /** What is to be done with one STS. */
  private static final class Lane {
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int running;
  }

  /** No virtual ones: those that a request's thread starts run on its event loop as well. */
  private static ExecutorService threads() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            MOST,
            MOST,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("assume-role-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /** Runs what waits for one STS; rejects it once they are closed. */
  Executor of(Origin sts) {
    return task -> execute(sts, task);
  }

  private void execute(Origin sts, Runnable task) {
    lock.lock();
    try {
      if (closed) {
        throw new RejectedExecutionException();
      }
      Lane lane = lanes.computeIfAbsent(sts, any -> new Lane());
      if (lane.running == OF_ONE_STS) {
        lane.waiting.add(task);
      } else {
        lane.running++;
        threads.execute(() -> run(sts, task));
      }
    } finally {
      lock.unlock();
    }
  }

  private void run(Origin sts, Runnable task) {
    try {
      task.run();
    } finally {
      ended(sts);
    }
  }

  private void ended(Origin sts) {
    lock.lock();
    try {
      Lane lane = lanes.get(sts);
      if (lane == null) {
        return;
      }
      Runnable next = lane.waiting.poll();
      if (next != null) {
        threads.execute(() -> run(sts, next));
      } else if (--lane.running == 0) {
        lanes.remove(sts);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Interrupts what is under way, and runs here what was still waiting: somebody waits for it. */
  @Override
  public void close() {
    List<Runnable> never = new ArrayList<>();
    lock.lock();
    try {
      closed = true;
      lanes.values().forEach(lane -> never.addAll(lane.waiting));
      lanes.clear();
      never.addAll(threads.shutdownNow());
    } finally {
      lock.unlock();
    }
    never.forEach(Runnable::run);
  }
}
