package io.portico.gateway.jsonschema;

import io.portico.gateway.compute.Carrier;
import io.portico.gateway.regex.StepCounter;
import io.portico.gateway.regex.StepLimit;
import java.util.function.Supplier;

/** The steps that the regular expressions of one validation share. */
final class RegexSteps {
  private static final ScopedValue<StepCounter> CURRENT = ScopedValue.newInstance();
  private static final int MAX_STEPS = 20_000_000;

  private RegexSteps() {}

  /**
   * Runs a validation with a count of its own.
   *
   * @throws io.portico.gateway.regex.TooManyStepsException if no step is left
   */
  static <T> T counted(Carrier carrier, Supplier<T> validation) {
    return ScopedValue.where(CURRENT, new StepLimit(MAX_STEPS, carrier)).call(validation::get);
  }

  /** The count of the validation that runs, or a new one outside of any. */
  static StepCounter current() {
    return CURRENT.isBound() ? CURRENT.get() : new StepLimit(MAX_STEPS, Carrier.UNSHARED);
  }
}
