package io.portico.transport.loop;

import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A request's work on its virtual thread, and that thread's scheduler: its own loop, until it
 * computes for long. A yield is how a thread gets to its scheduler.
 */
final class RequestWork implements Runnable, Executor {
  /** How long a thread may compute between two waits before it leaves its loop. */
  private static final long MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** How long it may compute elsewhere before it lets others have its carrier for a while. */
  private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** The work of threads whose scheduler is not their work. */
  private static final ThreadLocal<@Nullable RequestWork> CURRENT = new ThreadLocal<>();

  private final Loop loop;
  private final Runnable request;

  /** Whether the loop's own thread carries it. Written by the request's thread alone. */
  private volatile boolean mounted;

  /** The turn of the loop in which the computation under way was seen first, and when. */
  private long turn = -1;

  private long seenNanos;

  RequestWork(Loop loop, Runnable request, boolean mounted) {
    this.loop = loop;
    this.request = request;
    this.mounted = mounted;
  }

  /** The work of the calling request's thread, or null for any other thread. */
  static @Nullable RequestWork current() {
    return RequestThreads.schedulerOf(Thread.currentThread()) instanceof RequestWork work
        ? work
        : CURRENT.get();
  }

  Loop loop() {
    return loop;
  }

  boolean isMounted() {
    return mounted;
  }

  @Override
  public void run() {
    if (current() == null) {
      CURRENT.set(this);
    }
    request.run();
  }

  /** Called by any thread that makes the request's ready to run. */
  @Override
  public void execute(Runnable continuation) {
    if (mounted) {
      loop.schedule(continuation);
    } else {
      ComputePool.requests().execute(continuation);
    }
  }

  /**
   * Leaves the loop if the request's thread has held it for more than a moment; elsewhere, steps
   * back now and then: the JDK takes no carrier from a virtual thread that computes.
   */
  @SuppressWarnings("ThreadPriorityCheck")
  void computing() {
    long now = System.nanoTime();
    if (!mounted) {
      if (now - seenNanos > TURN_NANOS) {
        Thread.yield();
        seenNanos = System.nanoTime();
      }
    } else if (turn != loop.turn()) {
      turn = loop.turn();
      seenNanos = now;
    } else if (now - seenNanos > MOMENT_NANOS) {
      leave();
    }
  }

  /** Goes on elsewhere. Called by the request's thread. */
  @SuppressWarnings("ThreadPriorityCheck")
  void leave() {
    if (mounted) {
      mounted = false;
      Thread.yield();
    }
  }
}
