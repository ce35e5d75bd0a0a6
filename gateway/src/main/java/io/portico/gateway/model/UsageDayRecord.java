package io.portico.gateway.model;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The requests of an API key in a usage plan on one day.
 *
 * @param day since 1970-01-01, UTC
 * @param used requests, and while a server counts them those that it may admit next
 * @param granted requests that UpdateUsage added to the quota's limit on that day, or took from it
 *     (negative), for what is left of the period
 * @param remaining requests that the quota had left after these; null where there was none
 */
public record UsageDayRecord(
    String keyId, long day, long used, long granted, @Nullable Long remaining) {

  /** Its id among those of the month: by key, then by day. */
  public String id() {
    return id(keyId, LocalDate.ofEpochDay(day).getDayOfMonth());
  }

  /** The id of a key's day of the month; of 0, one that comes before them all. */
  public static String id(String keyId, int dayOfMonth) {
    return "%s/%02d".formatted(keyId, dayOfMonth);
  }
}
