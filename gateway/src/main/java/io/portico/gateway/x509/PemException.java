package io.portico.gateway.x509;

import org.jspecify.annotations.Nullable;

/** A text that is not the PEM it should be. */
public final class PemException extends Exception {
  PemException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
