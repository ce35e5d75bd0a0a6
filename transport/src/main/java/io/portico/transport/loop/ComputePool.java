package io.portico.transport.loop;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Where computing goes on that event loops do not wait for: a thread a core, and one queue that is
 * served in order. One such pool carries requests' threads that have left their loops; another
 * computes handshakes of TLS, so that neither kind waits behind a flood of the other.
 *
 * <p>Not the JDK's own scheduler: its carriers have a queue each and go on with the one they took
 * their last task from until it is empty, so that a few threads that compute, and step back again
 * and again, would keep everybody else waiting until they end.
 */
public final class ComputePool implements Executor {
  private static final long IDLE_SECONDS = 60;

  private static final ComputePool REQUESTS = new ComputePool("compute-");
  private static final ComputePool HANDSHAKES = new ComputePool("handshake-");

  private final ThreadPoolExecutor threads;

  private ComputePool(String name) {
    int cores = Runtime.getRuntime().availableProcessors();
    threads =
        new ThreadPoolExecutor(
            cores,
            cores,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name(name, 1).factory());
    threads.allowCoreThreadTimeOut(true);
  }

  /** Carries requests' threads. */
  static ComputePool requests() {
    return REQUESTS;
  }

  /** Computes handshakes. */
  public static ComputePool handshakes() {
    return HANDSHAKES;
  }

  @Override
  public void execute(Runnable work) {
    threads.execute(work);
  }
}
