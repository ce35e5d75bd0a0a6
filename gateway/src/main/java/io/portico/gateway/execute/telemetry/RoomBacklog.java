package io.portico.gateway.execute.telemetry;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * What waits in memory, where calls wait for a place before they begin. One that has waited too
 * long goes on without, and what it leaves is taken only if there is room by then.
 */
final class RoomBacklog<T> implements Backlog<T> {
  private final Waiting<T> waiting;
  private final Semaphore room;
  private final Duration longest;

  /**
   * @param most items
   * @param longest that a call waits
   */
  RoomBacklog(int most, Duration longest) {
    this.waiting = new Waiting<>(most);
    this.room = new Semaphore(most);
    this.longest = longest;
  }

  @Override
  public boolean reserve() {
    try {
      return room.tryAcquire() || room.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      // The client has gone; what becomes of its call is logged if there is room.
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void offerReserved(T item) {
    if (!waiting.offer(item)) {
      throw new IllegalStateException("a place was given twice");
    }
  }

  @Override
  public boolean offer(T item) {
    if (!room.tryAcquire()) {
      return false;
    }
    offerReserved(item);
    return true;
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
    room.release(waiting.done().size());
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
