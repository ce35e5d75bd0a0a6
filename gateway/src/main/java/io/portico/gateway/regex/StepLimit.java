package io.portico.gateway.regex;

import io.portico.gateway.compute.Carrier;

/**
 * Counts the characters that regular expressions read, and ends them by an exception. For one
 * thread.
 */
public final class StepLimit implements StepCounter {
  /** Steps between two words to the carrier: some ten microseconds. */
  private static final int PULSE = 4096;

  private final Carrier carrier;
  private int left;

  /**
   * @param most steps it allows
   * @param carrier carries the calling thread
   */
  public StepLimit(int most, Carrier carrier) {
    this.left = most;
    this.carrier = carrier;
  }

  /**
   * One character more.
   *
   * @throws TooManyStepsException if none is left
   */
  @Override
  public void step() {
    if (--left % PULSE == 0) {
      carrier.computing();
    }
    if (left < 0) {
      throw new TooManyStepsException("regular expressions take too many steps");
    }
  }
}
