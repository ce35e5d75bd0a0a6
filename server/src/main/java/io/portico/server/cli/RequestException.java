package io.portico.server.cli;

import org.jspecify.annotations.Nullable;

/** A running Portico cannot be asked, or refuses; the message says which, and why. */
final class RequestException extends RuntimeException {
  private final String code;

  /**
   * @param code of AWS's error, or nothing
   */
  RequestException(String code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  String code() {
    return code;
  }
}
