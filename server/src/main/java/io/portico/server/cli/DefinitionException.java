package io.portico.server.cli;

import org.jspecify.annotations.Nullable;

/** A definition given to {@code run} cannot be read, imported or deployed; the message names it. */
final class DefinitionException extends RuntimeException {
  DefinitionException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
