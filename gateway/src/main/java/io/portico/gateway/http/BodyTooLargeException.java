package io.portico.gateway.http;

import java.io.IOException;

/** A body is longer than its reader accepts. */
public final class BodyTooLargeException extends IOException {
  private final long limit;

  /**
   * @param limit the bytes that would have been accepted
   */
  public BodyTooLargeException(long limit) {
    super("body is longer than " + limit + " bytes");
    this.limit = limit;
  }

  public long limit() {
    return limit;
  }
}
