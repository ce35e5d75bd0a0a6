package io.portico.gateway.execute.telemetry;

import java.util.List;

/**
 * What waits in memory: up to a number of items, and to a weight of all of them together. What does
 * not fit is not taken.
 */
final class MemoryBacklog<T> implements Backlog<T> {
  private final Waiting<T> waiting;

  MemoryBacklog(Waiting.Bounds<T> bounds) {
    this.waiting = new Waiting<>(bounds);
  }

  @Override
  public boolean offer(T item) {
    return waiting.offer(item);
  }

  @Override
  public void await(long millis) {
    waiting.await(millis);
  }

  @Override
  public void gather(long enough, long millis) {
    waiting.gather(enough, millis);
  }

  @Override
  public List<T> next(int most) {
    return waiting.next(most);
  }

  @Override
  public void done() {
    waiting.done();
  }

  @Override
  public void left(List<T> items) {
    List<T> _ = waiting.left(items);
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
