package io.portico.transport.wire;

/** A message that is not HTTP/1.1 beyond doubt. The connection it came on is of no further use. */
public final class MalformedMessageException extends Exception {
  private final int status;
  private final String reason;

  /**
   * @param status to answer a request with
   * @param reason for people; never holds what the peer sent
   */
  public MalformedMessageException(int status, String reason) {
    // Without a stack: a hostile peer must not make us walk it.
    super(reason, null, false, false);
    this.status = status;
    this.reason = reason;
  }

  static MalformedMessageException badRequest(String reason) {
    return new MalformedMessageException(400, reason);
  }

  public int status() {
    return status;
  }

  /** What was sent, for people. */
  public String reason() {
    return reason;
  }
}
