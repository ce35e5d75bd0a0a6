package io.portico.gateway.regex;

/** A regular expression needs more work for a text than it may have. */
public final class TooManyStepsException extends RuntimeException {
  public TooManyStepsException(String message) {
    super(message, null, false, false);
  }
}
