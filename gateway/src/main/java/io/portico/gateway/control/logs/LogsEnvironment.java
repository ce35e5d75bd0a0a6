package io.portico.gateway.control.logs;

import io.portico.gateway.logs.LogStore;
import io.portico.gateway.store.Records;
import java.time.Clock;

/**
 * What every family works with.
 *
 * @param records where log groups live
 * @param store where events live
 */
public record LogsEnvironment(Records records, LogStore store, Clock clock) {}
