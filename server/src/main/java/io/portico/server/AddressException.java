package io.portico.server;

import org.jspecify.annotations.Nullable;

/** The address cannot be listened on; the message says why in one line. */
public final class AddressException extends RuntimeException {
  public AddressException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
