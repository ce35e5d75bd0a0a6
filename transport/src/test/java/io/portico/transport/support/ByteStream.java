package io.portico.transport.support;

import java.io.IOException;

/** Bytes to and from a server, whatever carries them. Reading waits, but not for ever. */
public interface ByteStream extends AutoCloseable {

  /** Sends bytes, as soon as the other side takes them. */
  ByteStream send(byte[] bytes) throws IOException;

  /** The next {@code count} bytes, as ISO 8859-1. */
  String text(int count) throws IOException;

  /** Everything until the other side ends in good order. */
  String rest() throws IOException;

  /** Whether the other side ends it otherwise; waits until it has ended. */
  boolean isReset() throws IOException;

  /** Ends the sending side only. */
  void endOutput() throws IOException;

  /** Goes away with a reset. */
  void reset() throws IOException;

  @Override
  void close() throws IOException;
}
