package io.portico.gateway.vtl;

import io.portico.gateway.compute.ComputeTime;

/**
 * What one rendering may use: time, output, work and nesting. Used once, by one thread.
 *
 * <p>Work is counted in steps (references, iterations, blocks) and characters (of every text that
 * is inserted, joined or built), so that neither loops nor texts that double can outgrow it, even
 * while they print nothing.
 */
public final class Budget {
  /** Work allowed beyond four times the output: enough for three nested loops of 100. */
  private static final long FREE_WORK = 4_000_000;

  private static final int MAX_DEPTH = 100;

  /** Steps between two looks at the clock. */
  private static final int CLOCK_INTERVAL = 256;

  private final ComputeTime time;
  private final int outputLimit;
  private final long iterationLimit;
  private long workLeft;
  private int depth;
  private int stepsUntilClock = CLOCK_INTERVAL;

  /** Those of the innermost loop so far. */
  private long iterations;

  private long longestLoop;

  /**
   * @param outputLimit most characters the template may print
   * @param iterationLimit most iterations of a {@code #foreach}, at least one; further elements are
   *     left out
   */
  public Budget(ComputeTime time, int outputLimit, long iterationLimit) {
    this.time = time;
    this.outputLimit = outputLimit;
    this.iterationLimit = Math.max(iterationLimit, 1);
    this.workLeft = 4L * outputLimit + FREE_WORK;
  }

  public int outputLimit() {
    return outputLimit;
  }

  /** What the rendering may take. */
  public ComputeTime time() {
    return time;
  }

  /**
   * One step more.
   *
   * @throws VtlException if there is no work or time left
   */
  public void step() {
    workLeft--;
    if (--stepsUntilClock <= 0) {
      check();
    }
  }

  /**
   * Text or elements more.
   *
   * @throws VtlException if there is no work or time left
   */
  public void charge(long amount) {
    workLeft -= amount;
    stepsUntilClock -= (int) Math.min(amount >> 6, CLOCK_INTERVAL);
    if (workLeft < 0 || stepsUntilClock <= 0) {
      check();
    }
  }

  /** Most iterations of a loop so far. */
  public long longestLoop() {
    return longestLoop;
  }

  /**
   * Begins a loop.
   *
   * @return how far the loop around it is, for {@link #endLoop}
   */
  long beginLoop() {
    long outer = iterations;
    iterations = 0;
    return outer;
  }

  /** Begins an iteration of the innermost loop; whether there may be one more. */
  boolean iterates() {
    if (iterations == iterationLimit) {
      return false;
    }
    longestLoop = Math.max(longestLoop, ++iterations);
    return true;
  }

  void endLoop(long outer) {
    iterations = outer;
  }

  void enter() {
    if (++depth > MAX_DEPTH) {
      throw VtlException.limit("blocks nested deeper than " + MAX_DEPTH);
    }
  }

  void leave() {
    depth--;
  }

  private void check() {
    stepsUntilClock = CLOCK_INTERVAL;
    if (workLeft < 0) {
      throw VtlException.limit("the template does too much work");
    }
    if (time.isOver()) {
      throw VtlException.limit("the template takes too long");
    }
  }
}
