package io.portico.gateway.execute.telemetry;

import java.util.List;

/**
 * What waits to be written, first in, first out: offered by any number of threads, taken by one.
 *
 * @param <T> what is written
 */
interface Backlog<T> {

  /** Takes an item without waiting; whether there was room for it. */
  boolean offer(T item);

  /**
   * Makes sure of a place for an item that will come; may wait.
   *
   * @return whether there is one, which {@link #offerReserved} is to use up
   */
  default boolean reserve() {
    return false;
  }

  /** Takes an item there is a place for. */
  default void offerReserved(T item) {
    throw new IllegalStateException("nothing is reserved");
  }

  /** Waits until something is there, a while has passed, or the thread is unparked. */
  void await(long millis);

  /**
   * Waits for more than is there: until it is enough, a while has passed, or the thread is
   * unparked.
   *
   * @param enough the weight of all of it
   */
  void gather(long enough, long millis);

  /**
   * What has waited longest, which stays where it is until it is {@link #done}.
   *
   * @param most items
   */
  List<T> next(int most);

  /** What was given last is written, or lost. */
  void done();

  /** Of what was given last only these are not written yet, in their order. */
  void left(List<T> items);

  /** Whether nothing waits that is to be written before this process ends. */
  boolean isEmpty();

  /**
   * Nobody takes any more: what still waits, and what was given and is not done, is kept for
   * another process, or lost.
   *
   * @return how many items are lost
   */
  int close();
}
