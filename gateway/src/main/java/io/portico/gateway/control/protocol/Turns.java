package io.portico.gateway.control.protocol;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds how many calls of operations that take much memory are handled at a time; the others wait
 * for their turn, in the order in which they came.
 */
public final class Turns {
  public static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  private final Semaphore free;
  private final String what;
  private final Duration longestWait;

  /**
   * @param atOnce how many calls are handled at a time
   * @param what they do, in the plural, for who has waited in vain
   */
  public Turns(int atOnce, String what, Duration longestWait) {
    this.free = new Semaphore(atOnce, true);
    this.what = what;
    this.longestWait = longestWait;
  }

  /** The handler, which waits for a turn first. */
  // AWS: the exception is in its model; the text is ours.
  public OperationHandler taking(OperationHandler handler) {
    return call -> {
      if (!isOurTurn()) {
        throw new ServiceException(
            "TooManyRequestsException",
            429,
            "Other %s have not ended in %d seconds.".formatted(what, longestWait.toSeconds()));
      }
      try {
        return handler.handle(call);
      } finally {
        free.release();
      }
    };
  }

  /** A caller who has gone gives its place up. */
  private boolean isOurTurn() {
    try {
      return free.tryAcquire(longestWait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
