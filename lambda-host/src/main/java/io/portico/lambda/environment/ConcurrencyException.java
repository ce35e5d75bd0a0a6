package io.portico.lambda.environment;

/** More invocations at once than may be: 429. */
public final class ConcurrencyException extends Exception {
  private final String reason;

  /**
   * @param reason AWS's name of the limit
   */
  ConcurrencyException(String reason) {
    super("Rate Exceeded.", null, false, false);
    this.reason = reason;
  }

  /** Such as {@code ReservedFunctionConcurrentInvocationLimitExceeded}. */
  public String reason() {
    return reason;
  }
}
