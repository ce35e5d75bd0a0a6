package io.portico.transport.upstream;

import io.portico.transport.loop.Deadline;

/**
 * How long a backend may let us wait for an answer's body: in all, and for each further piece.
 *
 * <p>Only the time counts in which somebody waits for the backend. While whoever takes the body
 * cannot keep up, the connection is not read, and the backend could not go on if it wanted to:
 * counting that time would cut off every client that is slow enough, however fast its backend is.
 * Such a client is bounded by its own connection.
 */
final class BodyClock {
  private final Deadline deadline;

  /** What is left of the whole at {@link #since}. */
  private long leftNanos;

  private long idleNanos;
  private long since;

  /**
   * @param deadline expires when the time is over
   */
  BodyClock(Deadline deadline) {
    this.deadline = deadline;
  }

  /**
   * Begins with a body.
   *
   * @param wholeNanos for all of it
   * @param pieceNanos for each further piece
   */
  void start(long wholeNanos, long pieceNanos) {
    leftNanos = wholeNanos;
    idleNanos = pieceNanos;
    go();
  }

  /** Somebody waits for the backend; no change if somebody does already. */
  void go() {
    if (!deadline.isSet()) {
      since = System.nanoTime();
      expireInTime();
    }
  }

  /** A piece has come: the wait for the next begins. Costs nothing where all are bounded alike. */
  void pieceArrived() {
    if (idleNanos < leftNanos && deadline.isSet()) {
      count();
      expireInTime();
    }
  }

  /** Nobody waits for the backend any more. */
  void stop() {
    if (deadline.isSet()) {
      count();
      deadline.clear();
    }
  }

  private void count() {
    long now = System.nanoTime();
    leftNanos -= now - since;
    since = now;
  }

  private void expireInTime() {
    deadline.after(since, Math.max(0, Math.min(leftNanos, idleNanos)));
  }
}
