package io.portico.transport.listener;

/**
 * When a client's connection may be forgotten: it is gone, and so is what it has begun. Belongs to
 * the loop's thread.
 */
final class Parting {
  private final Runnable over;

  /** Handshakes whose client has gone, until a listener has heard of both their ends. */
  private int held;

  private boolean gone;

  /**
   * @param over called once
   */
  Parting(Runnable over) {
    this.over = over;
  }

  /** The client has gone while its handshake is being answered. */
  void hold() {
    held++;
  }

  /** What it was let in for has ended as well. */
  void letGo() {
    held--;
    tell();
  }

  /** The connection is gone. */
  void gone() {
    gone = true;
    tell();
  }

  private void tell() {
    if (gone && held == 0) {
      over.run();
    }
  }
}
