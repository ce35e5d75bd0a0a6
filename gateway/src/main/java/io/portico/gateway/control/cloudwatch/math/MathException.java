package io.portico.gateway.control.cloudwatch.math;

/** An expression that cannot be read, or that has no value. */
public final class MathException extends RuntimeException {
  MathException(String message) {
    super(message, null, false, false);
  }

  public String text() {
    return String.valueOf(getMessage());
  }
}
