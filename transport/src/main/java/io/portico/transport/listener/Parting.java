package io.portico.transport.listener;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a client's connection may be forgotten: it is gone, and so is what it has begun. Belongs to
 * the loop's thread.
 */
final class Parting {
  private final Runnable over;

  /** What was begun, and has not ended. */
  private int held;

  /** Of these, the handshakes whose clients have gone and whose handlers are still at work. */
  private @Nullable List<Exchange> awaited;

  private boolean gone;
  private boolean aborted;

  /**
   * @param over called once
   */
  Parting(Runnable over) {
    this.over = over;
  }

  /** Something has begun that the connection is not forgotten before. */
  void hold() {
    held++;
  }

  /** That has ended. */
  void letGo() {
    held--;
    tell();
  }

  /** The client has gone while its handshake is being answered. */
  void await(Exchange handshake) {
    hold();
    if (awaited == null) {
      awaited = new ArrayList<>(1);
    }
    awaited.add(handshake);
    if (aborted) {
      handshake.interrupt();
    }
  }

  /** A handshake has its answer, which nobody hears. */
  void answered(Exchange handshake) {
    if (awaited != null) {
      awaited.remove(handshake);
    }
    letGo();
  }

  /** Nothing is waited for any longer. */
  void abort() {
    aborted = true;
    if (awaited != null) {
      awaited.forEach(Exchange::interrupt);
    }
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
