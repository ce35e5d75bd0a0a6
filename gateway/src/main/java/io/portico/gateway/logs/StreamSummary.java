package io.portico.gateway.logs;

import org.jspecify.annotations.Nullable;

/**
 * A log stream. Times are in milliseconds since 1970.
 *
 * @param created when it was made
 * @param first when its first event happened, or null where it has none
 * @param last when its last event happened
 * @param ingested when its last event came
 */
public record StreamSummary(
    String name,
    long created,
    @Nullable Long first,
    @Nullable Long last,
    @Nullable Long ingested) {}
