package io.portico.lambda.log;

/** Where the events of one execution environment go. Told by several threads. */
public interface LogStream extends AutoCloseable {

  /** {@code 2026/11/29/[$LATEST]0123456789abcdef0123456789abcdef}. */
  String name();

  /**
   * Adds an event.
   *
   * @param millis when it happened, since 1970
   * @param message without the line feed that ended it
   */
  void append(long millis, String message);

  /** What was added is there for readers from now on. */
  void flush();

  @Override
  void close();
}
