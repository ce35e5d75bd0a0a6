package io.portico.gateway.logs.pattern;

/** A filter pattern cannot be understood; the message is for whoever wrote it. */
public final class InvalidPatternException extends RuntimeException {
  /** AWS: source: reported by users of AWS's clients. */
  private static final String TEXT = "Invalid filter pattern";

  InvalidPatternException() {
    super(TEXT, null, false, false);
  }

  InvalidPatternException(String why) {
    super(TEXT + ": " + why, null, false, false);
  }
}
