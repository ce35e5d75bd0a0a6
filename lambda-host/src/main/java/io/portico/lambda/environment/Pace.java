package io.portico.lambda.environment;

/** How fast a pool has answered of late. Not safe for several threads. */
final class Pace {
  private long answers;
  private long nanos;

  /**
   * Counts an invocation.
   *
   * @param nanos how long it took, its wait for an environment included
   */
  void answered(long nanos) {
    answers++;
    this.nanos += nanos;
  }

  /**
   * How few environments would answer an invocation within a {@linkplain EnvironmentPool#MOMENT
   * moment}, were each of them no quicker than it was among so many.
   *
   * @param environments that there were
   * @return all of them where nothing was answered: nobody knows what that takes
   */
  int needs(int environments) {
    if (answers == 0) {
      return environments;
    }
    long needed = Math.ceilDiv(nanos / answers * environments, EnvironmentPool.MOMENT.toNanos());
    return Math.clamp(needed, 0, Integer.MAX_VALUE);
  }

  /** Forgets all. */
  void reset() {
    answers = 0;
    nanos = 0;
  }
}
