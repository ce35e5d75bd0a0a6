package io.portico.transport.upstream;

/** What a call was sent on: a connection, or a stream of one. */
interface Carrier {

  /** Whether the answer's head has begun to come, of which the end is not there yet. */
  boolean isAnswering();

  /** The caller has given up; what is on the way belongs to nobody. */
  void giveUp();
}
