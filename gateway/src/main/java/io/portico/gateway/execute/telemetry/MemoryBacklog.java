package io.portico.gateway.execute.telemetry;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntFunction;

/**
 * What waits in memory: up to a number of items, and to a weight of all of them together. What does
 * not fit is not taken.
 */
final class MemoryBacklog<T> implements Backlog<T> {
  private final Waiting<T> waiting;
  private final long mostWeight;
  private final ToIntFunction<T> weigher;
  private final AtomicLong weight = new AtomicLong();

  MemoryBacklog(int most) {
    this(most, Long.MAX_VALUE, item -> 0);
  }

  /**
   * @param most items
   * @param mostWeight of all of them together
   */
  MemoryBacklog(int most, long mostWeight, ToIntFunction<T> weigher) {
    this.waiting = new Waiting<>(most);
    this.mostWeight = mostWeight;
    this.weigher = weigher;
  }

  @Override
  public boolean offer(T item) {
    int heavy = weigher.applyAsInt(item);
    if (weight.addAndGet(heavy) <= mostWeight && waiting.offer(item)) {
      return true;
    }
    weight.addAndGet(-heavy);
    return false;
  }

  @Override
  public void await(long millis) {
    waiting.await(millis);
  }

  @Override
  public List<T> next(int most) {
    return waiting.next(most);
  }

  @Override
  public void done() {
    for (T item : waiting.done()) {
      weight.addAndGet(-weigher.applyAsInt(item));
    }
  }

  @Override
  public boolean isEmpty() {
    return waiting.isEmpty();
  }

  @Override
  public int close() {
    return waiting.size();
  }
}
