package io.portico.gateway.execute.telemetry;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue in memory that one thread takes batches of. Another may, once that one does not
 * end in time.
 */
final class Waiting<T> {
  private final BlockingQueue<T> queue;
  private final Bounds<T> bounds;
  private final AtomicLong weight = new AtomicLong();

  /** What was taken and is not done; guarded by this, and never held while anybody waits. */
  private final List<T> given = new ArrayList<>();

  private volatile @Nullable Thread sleeper;

  /** From which weight on the sleeper is to be woken. */
  private volatile long wakesAt;

  /**
   * How much it takes.
   *
   * @param most items
   * @param mostWeight of all of them together
   */
  record Bounds<T>(int most, long mostWeight, ToIntFunction<T> weigher) {}

  Waiting(Bounds<T> bounds) {
    this.queue = new ArrayBlockingQueue<>(bounds.most);
    this.bounds = bounds;
  }

  /** Takes an item, if it fits. */
  boolean offer(T item) {
    int heavy = bounds.weigher.applyAsInt(item);
    long together = weight.addAndGet(heavy);
    if (together > bounds.mostWeight || !queue.offer(item)) {
      weight.addAndGet(-heavy);
      return false;
    }
    Thread asleep = sleeper;
    if (asleep != null && together >= wakesAt) {
      // Once is enough: a thread that has been woken runs when it has a core.
      sleeper = null;
      LockSupport.unpark(asleep);
    }
    return true;
  }

  /** Waits until something is there, a while has passed, or the thread is unparked. */
  void await(long millis) {
    wakesAt = 0;
    sleeper = Thread.currentThread();
    if (isEmpty()) {
      park(millis);
    }
    sleeper = null;
  }

  /** Waits until so much is there, a while has passed, or the thread is unparked. */
  void gather(long enough, long millis) {
    wakesAt = enough;
    sleeper = Thread.currentThread();
    if (weight.get() < enough) {
      park(millis);
    }
    sleeper = null;
  }

  private void park(long millis) {
    LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /** What was given and is not done yet, and as much more as makes a batch of it. */
  synchronized List<T> next(int most) {
    queue.drainTo(given, most - given.size());
    return List.copyOf(given);
  }

  /** What was given is done with; what it was. */
  synchronized List<T> done() {
    List<T> all = List.copyOf(given);
    given.clear();
    for (T item : all) {
      weight.addAndGet(-bounds.weigher.applyAsInt(item));
    }
    return all;
  }

  /**
   * Of what was given only these are not done with.
   *
   * @return what was done with
   */
  synchronized List<T> left(List<T> items) {
    List<T> before = done();
    given.addAll(items);
    for (T item : items) {
      weight.addAndGet(bounds.weigher.applyAsInt(item));
    }
    List<T> gone = new ArrayList<>(before);
    items.forEach(gone::remove);
    return gone;
  }

  synchronized boolean isEmpty() {
    return given.isEmpty() && queue.isEmpty();
  }

  synchronized int size() {
    return given.size() + queue.size();
  }
}
