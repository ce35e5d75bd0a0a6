package io.portico.gateway.jose;

/** A token is refused. The message says which check it failed, for logs: no client learns it. */
public final class InvalidTokenException extends Exception {

  /** The check that a token failed. */
  public enum Check {
    /** It is no signed token, or one with what is not understood. */
    FORM,
    /** Its issuer is none of those that are trusted. */
    ISSUER,
    /** The issuer has no such key. */
    KEY,
    /** The key did not make the signature. */
    SIGNATURE,
    /** Its time is over. */
    EXPIRY,
    /** Its time has not begun. */
    BEGIN
  }

  private final Check check;

  public InvalidTokenException(Check check, String message) {
    super(message, null, false, false);
    this.check = check;
  }

  public Check check() {
    return check;
  }
}
