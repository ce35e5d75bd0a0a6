package io.portico.gateway.execute.integration;

import java.io.IOException;

/**
 * There is no session of the role as which something is to be called: it is not called. The message
 * says why.
 */
public final class RoleNotAssumedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String arn;
  private final boolean late;

  /**
   * @param arn of the role
   * @param why for the gateway's own log; has no secret
   * @param late whether it may be assumed yet, but takes longer than the call may wait
   */
  RoleNotAssumedException(String arn, String why, boolean late) {
    super(arn + ": " + why);
    this.arn = arn;
    this.late = late;
  }

  /** None: while a role cannot be assumed, each call is refused by one. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }

  /** Whether it may be assumed yet, but takes longer than the call may wait. */
  public boolean isLate() {
    return late;
  }

  /**
   * What the execution log says. AWS: source: execution logs of integrations that users have
   * published; that the same is said of authorizers is assumed.
   */
  public String told() {
    return "API Gateway does not have permission to assume the provided role " + arn;
  }
}
