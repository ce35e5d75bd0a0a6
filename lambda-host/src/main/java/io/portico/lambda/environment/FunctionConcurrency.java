package io.portico.lambda.environment;

import org.jspecify.annotations.Nullable;

/**
 * How many invocations of a function run now, those of all its versions taken together, and how
 * many may.
 */
final class FunctionConcurrency {
  private @Nullable Integer reserved;
  private int running;

  /**
   * Limits what begins from now on; what runs goes on.
   *
   * @param most null for no limit of the function's own
   */
  synchronized void reserve(@Nullable Integer most) {
    reserved = most;
  }

  /** How many may run, or null for no limit of the function's own. */
  synchronized @Nullable Integer reserved() {
    return reserved;
  }

  /**
   * Begins an invocation.
   *
   * @throws ConcurrencyException if as many run as may
   */
  synchronized void enter() throws ConcurrencyException {
    if (reserved != null && running >= reserved) {
      throw new ConcurrencyException("ReservedFunctionConcurrentInvocationLimitExceeded");
    }
    running++;
  }

  /** Ends one. */
  synchronized void leave() {
    running--;
  }
}
