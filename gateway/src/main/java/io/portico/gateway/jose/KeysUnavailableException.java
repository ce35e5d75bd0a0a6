package io.portico.gateway.jose;

/** An issuer's keys cannot be had, and none are kept that may still be used. */
public final class KeysUnavailableException extends Exception {
  public KeysUnavailableException(String message) {
    super(message, null, false, false);
  }
}
