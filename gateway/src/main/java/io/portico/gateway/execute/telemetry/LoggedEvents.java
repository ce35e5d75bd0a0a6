package io.portico.gateway.execute.telemetry;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to stand in a log group of CloudWatch Logs.
 *
 * @param accountId whose group it is
 * @param group its name
 * @param requestId of the call that they are of, or null where they are of several
 * @param events in the order in which they happened
 */
public record LoggedEvents(
    String accountId, String region, String group, @Nullable String requestId, List<Event> events) {

  /** What an event takes beside its text. */
  private static final int OVERHEAD = 64;

  /**
   * An event.
   *
   * @param millis when it happened, since 1970
   */
  public record Event(long millis, String message) {}

  /** How much memory they take, roughly: characters. */
  int weight() {
    int weight = OVERHEAD;
    for (Event event : events) {
      weight += OVERHEAD + event.message.length();
    }
    return weight;
  }
}
