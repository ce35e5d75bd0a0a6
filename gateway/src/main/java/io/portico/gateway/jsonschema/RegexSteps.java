package io.portico.gateway.jsonschema;

import io.portico.gateway.regex.StepCounter;
import io.portico.gateway.regex.TooManyStepsException;
import java.util.function.Supplier;

/** Counts what the regular expressions of one validation read, and stops them. */
final class RegexSteps implements StepCounter {
  private static final ScopedValue<RegexSteps> CURRENT = ScopedValue.newInstance();
  private static final int MAX_STEPS = 20_000_000;

  private int left = MAX_STEPS;

  private RegexSteps() {}

  static <T> T counted(Supplier<T> validation) {
    return ScopedValue.where(CURRENT, new RegexSteps()).call(validation::get);
  }

  /** The count of the validation that runs, or a new one outside of any. */
  static RegexSteps current() {
    return CURRENT.isBound() ? CURRENT.get() : new RegexSteps();
  }

  /**
   * @throws TooManyStepsException if none is left
   */
  @Override
  public void step() {
    if (--left < 0) {
      throw new TooManyStepsException("regular expressions took too many steps");
    }
  }
}
