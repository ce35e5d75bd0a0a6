package io.portico.gateway.jose;

/** What an issuer's address answers is no key set. */
public final class KeySetException extends Exception {
  KeySetException(String message) {
    super(message, null, false, false);
  }
}
