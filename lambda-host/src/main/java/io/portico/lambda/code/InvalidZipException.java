package io.portico.lambda.code;

import org.jspecify.annotations.Nullable;

/** What was sent as a function's code is none; the message is AWS's. */
public final class InvalidZipException extends Exception {
  InvalidZipException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
