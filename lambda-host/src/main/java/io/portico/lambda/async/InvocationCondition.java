package io.portico.lambda.async;

/**
 * What an event came to, as records of invocations say it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html">Capturing
 *     records of Lambda asynchronous invocations</a>
 */
enum InvocationCondition {
  SUCCESS("Success"),
  RETRIES_EXHAUSTED("RetriesExhausted"),
  // AWS: its word is not known; a loop ends as an event does that is not tried again.
  RECURSIVE_INVOCATION("RetriesExhausted"),
  EVENT_AGE_EXCEEDED("EventAgeExceeded"),
  // AWS: source: reported by users of AWS's destinations.
  ZERO_RESERVED_CONCURRENCY("ZeroReservedConcurrency");

  private final String word;

  InvocationCondition(String word) {
    this.word = word;
  }

  /** AWS's word. */
  String word() {
    return word;
  }
}
