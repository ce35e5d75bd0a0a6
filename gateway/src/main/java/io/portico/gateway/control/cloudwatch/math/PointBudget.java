package io.portico.gateway.control.cloudwatch.math;

/**
 * How many points expressions may make, or add up to a number: one for all that are worked out
 * together.
 */
public final class PointBudget {
  private final long most;
  private long made;

  public PointBudget(long most) {
    this.most = most;
  }

  /**
   * So many are about to be made.
   *
   * @throws MathException if they are too many
   */
  void take(long points) {
    made += points;
    if (made > most) {
      throw new MathException(
          "The expressions make more than %d data points: ask for longer periods or less time"
              .formatted(most));
    }
  }
}
