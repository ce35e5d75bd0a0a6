package io.portico.store;

import io.portico.gateway.store.StoreException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Lets one write transaction through after another, with what follows its commit. */
final class WriterLock {
  private final ReentrantLock lock = new ReentrantLock(true);
  private boolean closed;

  /** What a store does while it holds the lock. */
  interface Section<T> {
    T run();
  }

  /**
   * Runs {@code section} alone.
   *
   * @throws IllegalStateException within another section of the same thread: it would never end
   * @throws StoreException once closed
   */
  <T> T alone(Section<T> section) {
    if (lock.isHeldByCurrentThread()) {
      throw new IllegalStateException("a write transaction within a write transaction");
    }
    lock.lock();
    try {
      if (closed) {
        throw new StoreException("the store is closed", null);
      }
      return section.run();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the running section and lets none in any more; false if that was so already. */
  boolean close() {
    lock.lock();
    try {
      boolean first = !closed;
      closed = true;
      return first;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Runs what a committed transaction left to do. All of it runs, whatever one of them throws; the
   * first exception then goes to the caller.
   */
  static void runAll(List<Runnable> actions) {
    RuntimeException first = null;
    for (Runnable action : actions) {
      try {
        action.run();
      } catch (RuntimeException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
