package io.portico.transport.loop;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * What carries requests' threads that have left their loops to compute: a carrier a core, and one
 * queue that is served in order.
 *
 * <p>Not the JDK's own scheduler: its carriers have a queue each and go on with the one they took
 * their last task from until it is empty, so that a few threads that compute, and step back again
 * and again, would keep everybody else waiting until they end.
 */
final class ComputePool implements Executor {
  private static final long IDLE_SECONDS = 60;

  private static final ComputePool ALL = new ComputePool();

  private final ThreadPoolExecutor carriers;

  private ComputePool() {
    int cores = Runtime.getRuntime().availableProcessors();
    carriers =
        new ThreadPoolExecutor(
            cores,
            cores,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("compute-", 1).factory());
    carriers.allowCoreThreadTimeOut(true);
  }

  static ComputePool all() {
    return ALL;
  }

  @Override
  public void execute(Runnable continuation) {
    carriers.execute(continuation);
  }
}
