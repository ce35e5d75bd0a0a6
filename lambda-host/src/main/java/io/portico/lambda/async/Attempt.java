package io.portico.lambda.async;

/** How one attempt of an asynchronous invocation ended. */
public sealed interface Attempt {

  /**
   * The function answered.
   *
   * @param version that ran
   * @param payload what it returned
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Answered(String version, byte[] payload) implements Attempt {}

  /**
   * The function failed: it said so, it ended, it took too long.
   *
   * @param version that ran
   * @param document its error document
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Failed(String version, byte[] document) implements Attempt {}

  /** The function runs as often as it may: AWS's throttling error, 429. */
  record Throttled() implements Attempt {}

  /**
   * The function could not be run: a system error in AWS's words.
   *
   * @param reason for the log
   */
  record Unavailable(String reason) implements Attempt {}

  /**
   * There is no such version or alias any more.
   *
   * @param reason in AWS's words
   */
  record Gone(String reason) implements Attempt {}

  /** The function was not run: it is in a recursive loop. */
  record Recursive() implements Attempt {}

  /** The function may not run at all: its reserved concurrency is zero. */
  record ClosedOff() implements Attempt {}
}
