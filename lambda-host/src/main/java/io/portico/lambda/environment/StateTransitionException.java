package io.portico.lambda.environment;

/** A runtime asks for what it may not ask for now. */
final class StateTransitionException extends Exception {
  private static final long serialVersionUID = 1L;

  /** AWS: source: reported by users, github.com/brefphp/bref/issues/1562. */
  StateTransitionException(RuntimeState from, RuntimeState to) {
    super(
        "State transition from "
            + from.wording()
            + " to "
            + to.wording()
            + " failed for runtime. Error: State transition is not allowed");
  }
}
