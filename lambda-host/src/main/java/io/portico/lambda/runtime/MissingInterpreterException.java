package io.portico.lambda.runtime;

import java.io.IOException;

/**
 * What a runtime needs is not on this machine; the message says what to install or to configure.
 */
public final class MissingInterpreterException extends IOException {
  MissingInterpreterException(String message) {
    super(message);
  }
}
