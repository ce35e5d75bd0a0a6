package io.portico.gateway.compile;

/** A configuration that cannot be used; AWS takes it and fails when it is called. */
public final class UnusableException extends Exception {
  public UnusableException(String reason) {
    super(reason, null, false, false);
  }
}
