package io.portico.transport.listener;

import io.portico.transport.loop.Loop;

/** A client's connection, whatever it speaks. All but {@link #loop} is called on its loop. */
interface Connection {

  Loop loop();

  /** No more requests: it ends once those under way are answered. */
  void drain();

  /**
   * Ends at once if no request is on its way, to make room.
   *
   * @return false if one is, or it is about to end anyway
   */
  boolean giveWay();

  /** Gives it up at once; an answer that is on its way stays incomplete. */
  void abort();
}
