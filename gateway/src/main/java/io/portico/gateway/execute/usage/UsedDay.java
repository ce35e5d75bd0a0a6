package io.portico.gateway.execute.usage;

import org.jspecify.annotations.Nullable;

/**
 * The usage of an API key in a usage plan on one day.
 *
 * @param day since 1970-01-01, UTC
 * @param used requests that were admitted
 * @param granted requests that were added to the quota's limit on that day, or taken from it
 *     (negative), for what is left of the period
 * @param remaining requests that the quota had left at the end of the day, or has now; null where
 *     there was no quota
 */
public record UsedDay(long day, long used, long granted, @Nullable Long remaining) {}
