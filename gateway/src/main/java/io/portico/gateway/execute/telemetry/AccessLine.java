package io.portico.gateway.execute.telemetry;

import io.portico.gateway.snapshot.LogDestination;

/**
 * A line of an access log.
 *
 * @param text without line end
 * @param destination of the stage
 * @param canary whether a canary has answered
 * @param millis when the answer ended, since 1970
 */
public record AccessLine(String text, LogDestination destination, boolean canary, long millis) {

  /** What a line takes beside its text. */
  private static final int OVERHEAD = 64;

  /** How much memory it takes, roughly: characters. */
  int weight() {
    return OVERHEAD + text.length();
  }
}
