package io.portico.transport.upstream;

/** What a call was sent on: a connection, or a stream of one. */
interface Carrier {

  /** The caller has given up; what is on the way belongs to nobody. */
  void giveUp();
}
