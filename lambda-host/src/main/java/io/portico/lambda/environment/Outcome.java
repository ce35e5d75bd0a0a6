package io.portico.lambda.environment;

/** How an invocation ended. */
public sealed interface Outcome {

  /**
   * The function answered.
   *
   * @param payload what it returned
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Answered(byte[] payload) implements Outcome {}

  /** The function answered by a {@link ResponseStream}, all of which was handed on. */
  record Streamed() implements Outcome {}

  /**
   * The function failed and said so, in the middle of a stream too.
   *
   * @param type such as {@code Runtime.HandlerNotFound}, for the log
   * @param document the error as the caller gets it
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Failed(String type, byte[] document) implements Outcome {}

  /**
   * The function's process ended before it answered.
   *
   * @param reason in AWS's words
   */
  record Exited(String reason) implements Outcome {}

  /**
   * There was no process to begin with: the kernel, or this machine, cannot start it.
   *
   * @param reason in AWS's words where AWS has some
   */
  record NotStarted(String reason) implements Outcome {}

  /** The function took longer than it may. */
  record TimedOut() implements Outcome {}
}
