package io.portico.transport.tls;

import org.jspecify.annotations.Nullable;

/** A certificate or its key cannot be used; the message is a line that names the file and why. */
public final class UnusableIdentityException extends Exception {
  UnusableIdentityException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
