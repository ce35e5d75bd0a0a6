package io.portico.bench.load;

import java.time.Duration;

/**
 * A closed-loop load generator of one traffic: each connection sends its next request when an
 * answer is there.
 */
public interface Load {

  /** Name and version, as the table states it. */
  String name();

  Answers run(Target target, int connections, Duration length);

  /** What came back: complete answers, and those of them and of the connections that failed. */
  record Answers(long complete, long failed, Duration elapsed) {}
}
