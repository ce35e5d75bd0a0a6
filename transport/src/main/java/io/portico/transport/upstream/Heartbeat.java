package io.portico.transport.upstream;

import io.portico.transport.loop.Deadline;

/**
 * The time of a connection that calls share: ends one that has none for too long, and one whose
 * backend is gone without a word. A call that gets no answer gives up its stream only; without this
 * a connection that leads nowhere would take call after call.
 */
final class Heartbeat extends Deadline {
  private final SharedConnection connection;
  private final long idleNanos;
  private final long silenceNanos;
  private boolean calling;
  private boolean heard;
  private boolean asked;

  Heartbeat(SharedConnection connection, long idleNanos, long silenceNanos) {
    super(connection.loop());
    this.connection = connection;
    this.idleNanos = idleNanos;
    this.silenceNanos = silenceNanos;
  }

  /** The connection has a call. */
  void calling() {
    if (!calling) {
      calling = true;
      listen();
    }
  }

  /** The connection has no call any more. */
  void resting() {
    calling = false;
    roughlyIn(idleNanos);
  }

  /** The backend has said something. */
  void heard() {
    heard = true;
  }

  private void listen() {
    heard = false;
    asked = false;
    roughlyIn(silenceNanos);
  }

  @Override
  protected void expired() {
    if (!calling) {
      connection.leave();
    } else if (heard) {
      listen();
    } else if (!asked) {
      asked = true;
      connection.ask();
      roughlyIn(silenceNanos);
    } else {
      connection.silent();
    }
  }
}
