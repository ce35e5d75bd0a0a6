package io.portico.gateway.jsonschema;

import java.util.function.Supplier;

/** Counts what the regular expressions of one validation read, and stops them. */
final class RegexSteps {
  private static final ScopedValue<RegexSteps> CURRENT = ScopedValue.newInstance();
  private static final int MAX_STEPS = 20_000_000;

  private int left = MAX_STEPS;

  private RegexSteps() {}

  /** The expressions took too many steps. */
  static final class TooManyException extends RuntimeException {
    private TooManyException() {
      super("regular expressions took too many steps", null, false, false);
    }
  }

  static <T> T counted(Supplier<T> validation) {
    return ScopedValue.where(CURRENT, new RegexSteps()).call(validation::get);
  }

  /** The count of the validation that runs, or a new one outside of any. */
  static RegexSteps current() {
    return CURRENT.isBound() ? CURRENT.get() : new RegexSteps();
  }

  /**
   * @throws TooManyException if none is left
   */
  void step() {
    if (--left < 0) {
      throw new TooManyException();
    }
  }
}
