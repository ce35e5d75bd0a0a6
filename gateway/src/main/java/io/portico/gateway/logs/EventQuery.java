package io.portico.gateway.logs;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a reader wants of a group's events.
 *
 * @param forward the earliest of them first, else the latest
 * @param from where to begin: with what is there or behind it, else with what is before; null to
 *     begin with the first or the last
 * @param startTime milliseconds since 1970, included
 * @param endTime milliseconds since 1970, not included
 * @param limit most events
 * @param filter of messages
 */
public record EventQuery(
    boolean forward,
    @Nullable LogPosition from,
    long startTime,
    long endTime,
    int limit,
    Predicate<String> filter) {

  /** Whether what is at a place is asked for. */
  boolean covers(LogPosition place) {
    if (place.timestamp() < startTime || place.timestamp() >= endTime) {
      return false;
    }
    return from == null || forward == (place.compareTo(from) >= 0);
  }
}
