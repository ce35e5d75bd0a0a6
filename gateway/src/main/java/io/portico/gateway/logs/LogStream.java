package io.portico.gateway.logs;

/**
 * A log stream that events are added to. Any number of threads may. What was added is there for
 * readers of the store at once, and in the file within a moment.
 */
public interface LogStream extends AutoCloseable {

  /** {@code 2026/11/29/[$LATEST]0123456789abcdef0123456789abcdef}. */
  String name();

  /**
   * Adds an event. That it cannot be written is said in the log, and stops nobody.
   *
   * @param timestamp when it happened, in milliseconds since 1970
   * @param message may have line feeds
   */
  void append(long timestamp, String message);

  /** Whether an event can be added at once, without opening a file or making a record. */
  boolean isReady();

  @Override
  void close();
}
