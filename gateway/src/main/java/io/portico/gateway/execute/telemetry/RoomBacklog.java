package io.portico.gateway.execute.telemetry;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;

/**
 * What waits in memory, where calls wait for a place before they begin. One that has waited too
 * long goes on without, and what it leaves is taken only if there is room by then.
 */
final class RoomBacklog<T> implements Backlog<T> {
  /** Of this weight an item is that takes one place; a heavier one takes more. */
  private static final int WEIGHT_OF_A_PLACE = 1024;

  private final Waiting<T> waiting;
  private final Room room;
  private final Duration longest;
  private final ToIntFunction<T> weigher;

  /** Places, of which more may be taken than there are. */
  private static final class Room extends Semaphore {
    Room(int places) {
      super(places);
    }

    void take(int places) {
      reducePermits(places);
    }
  }

  /**
   * @param most places; how heavy an item is that one was reserved for is known once it comes
   * @param longest that a call waits
   */
  RoomBacklog(int most, Duration longest, ToIntFunction<T> weigher) {
    this.waiting = new Waiting<>(new Waiting.Bounds<>(most, Long.MAX_VALUE, weigher));
    this.room = new Room(most);
    this.longest = longest;
    this.weigher = weigher;
  }

  private int places(T item) {
    return 1 + weigher.applyAsInt(item) / WEIGHT_OF_A_PLACE;
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
    room.take(places(item) - 1);
    add(item);
  }

  private void add(T item) {
    if (!waiting.offer(item)) {
      throw new IllegalStateException("a place was given twice");
    }
  }

  @Override
  public boolean offer(T item) {
    if (!room.tryAcquire(places(item))) {
      return false;
    }
    add(item);
    return true;
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
    release(waiting.done());
  }

  @Override
  public void left(List<T> items) {
    release(waiting.left(items));
  }

  private void release(List<T> gone) {
    room.release(gone.stream().mapToInt(this::places).sum());
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
