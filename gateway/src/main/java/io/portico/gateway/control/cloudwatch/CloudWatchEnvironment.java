package io.portico.gateway.control.cloudwatch;

import io.portico.gateway.metrics.MetricStore;
import io.portico.gateway.store.Records;
import java.time.Clock;

/**
 * What every family works with.
 *
 * @param records where alarms are
 * @param metrics where values are
 * @param alarms brings alarms to their states
 */
public record CloudWatchEnvironment(
    Records records, MetricStore metrics, AlarmWatch alarms, Clock clock) {}
