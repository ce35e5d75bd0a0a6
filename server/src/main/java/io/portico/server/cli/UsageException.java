package io.portico.server.cli;

import org.jspecify.annotations.Nullable;

/** A command line cannot be understood; the message says which part of it. */
final class UsageException extends RuntimeException {
  private final String verb;

  /**
   * @param verb whose help would, or nothing
   */
  UsageException(@Nullable String message, String verb) {
    super(message);
    this.verb = verb;
  }

  /** One line for people. */
  String text() {
    return (getMessage() + "; see portico help " + verb).strip();
  }
}
