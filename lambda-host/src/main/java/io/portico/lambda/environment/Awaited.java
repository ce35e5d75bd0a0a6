package io.portico.lambda.environment;

import io.portico.lambda.environment.Deadlines.Deadline;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A value that one thread waits for and any may bring: the first counts.
 *
 * @param <T> an immutable type
 */
// It is its own atomic reference, as there are several in each invocation.
@SuppressWarnings("serial")
final class Awaited<T> extends AtomicReference<@Nullable T> {
  private volatile @Nullable Thread waiting;

  /**
   * Brings the value.
   *
   * @return whether there was none before
   */
  boolean complete(T value) {
    if (!compareAndSet(null, value)) {
      return false;
    }
    LockSupport.unpark(waiting);
    return true;
  }

  boolean isDone() {
    return get() != null;
  }

  /**
   * The value, once it is there. An interrupt changes nothing and is kept: a client that goes away
   * does not end what has begun.
   *
   * @return null if it is not there in time; it may still come
   */
  @Nullable T await(Deadlines deadlines, Duration time) {
    T value = get();
    if (value != null) {
      return value;
    }
    Thread thread = Thread.currentThread();
    waiting = thread;
    long end = System.nanoTime() + time.toNanos();
    Deadline deadline = deadlines.at(end, () -> LockSupport.unpark(thread));
    boolean interrupted = false;
    try {
      while ((value = get()) == null && System.nanoTime() - end < 0) {
        LockSupport.park(this);
        interrupted |= Thread.interrupted();
      }
      return value;
    } finally {
      deadline.cancel();
      waiting = null;
      if (interrupted) {
        thread.interrupt();
      }
    }
  }
}
