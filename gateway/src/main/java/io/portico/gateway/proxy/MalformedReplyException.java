package io.portico.gateway.proxy;

/** What a function returned is no answer to an HTTP request. */
public final class MalformedReplyException extends Exception {
  public MalformedReplyException(String reason) {
    super(reason, null, false, false);
  }
}
