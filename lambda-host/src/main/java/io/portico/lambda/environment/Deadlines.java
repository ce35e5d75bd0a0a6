package io.portico.lambda.environment;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what has waited for long enough: never too early, and late by no more than a pause. One
 * thread looks at all of them, as a timed wait, which wakes a thread of the JDK's for each, costs
 * an invocation more than all else that the host does for it.
 */
final class Deadlines implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);
  private static final long PAUSE_NANOS = 5_000_000;

  private final Set<Deadline> open = ConcurrentHashMap.newKeySet();
  private final Thread watch =
      Thread.ofPlatform().daemon().name("function-deadlines").unstarted(this::watch);
  private volatile boolean idle;
  private volatile boolean closed;

  Deadlines() {
    watch.start();
  }

  /** What is to be done at a time, unless it is cancelled before. */
  final class Deadline {
    private final long nanos;
    private final Runnable then;

    private Deadline(long nanos, Runnable then) {
      this.nanos = nanos;
      this.then = then;
    }

    private void tell(long now) {
      if (now - nanos >= 0 && open.remove(this)) {
        try {
          then.run();
        } catch (RuntimeException e) {
          // The others have deadlines, too.
          LOG.error("a deadline of a function cannot be told", e);
        }
      }
    }

    /** It need not be done any more; it may be under way. */
    void cancel() {
      open.remove(this);
    }
  }

  /**
   * Has something done at a time.
   *
   * @param nanos as {@link System#nanoTime} says it
   * @param then takes no time; others wait for it
   */
  Deadline at(long nanos, Runnable then) {
    Deadline deadline = new Deadline(nanos, then);
    open.add(deadline);
    if (idle) {
      LockSupport.unpark(watch);
    }
    return deadline;
  }

  private void watch() {
    while (!closed) {
      if (open.isEmpty()) {
        idle = true;
        // Whoever adds one from here on sees that this thread must be woken.
        if (open.isEmpty()) {
          LockSupport.park(this);
        }
        idle = false;
      }
      LockSupport.parkNanos(this, PAUSE_NANOS);
      long now = System.nanoTime();
      for (Deadline deadline : open) {
        deadline.tell(now);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(watch);
  }
}
