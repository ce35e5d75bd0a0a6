package io.portico.gateway.compute;

/**
 * How long one computation may take, and on whose thread it does.
 *
 * @param deadlineNanos when it must be over, as {@link System#nanoTime} counts
 */
public record ComputeTime(long deadlineNanos, Carrier carrier) {

  /**
   * Whether the time is up. To be asked every few thousand steps: it is then that the thread leaves
   * an event loop which it holds up.
   */
  public boolean isOver() {
    carrier.computing();
    return System.nanoTime() - deadlineNanos >= 0;
  }
}
