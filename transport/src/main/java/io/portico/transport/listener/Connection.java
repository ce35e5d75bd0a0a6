package io.portico.transport.listener;

import io.portico.transport.loop.Loop;

/** A client's connection, whatever it speaks. All but {@link #loop} is called on its loop. */
interface Connection {

  Loop loop();

  /** No more requests: it ends once those under way are answered. */
  void drain();

  /** Gives it up at once; an answer that is on its way stays incomplete. */
  void abort();
}
