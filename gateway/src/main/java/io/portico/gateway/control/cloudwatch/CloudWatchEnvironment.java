package io.portico.gateway.control.cloudwatch;

import io.portico.gateway.metrics.MetricStore;
import java.time.Clock;

/**
 * What every family works with.
 *
 * @param metrics where values are
 */
public record CloudWatchEnvironment(MetricStore metrics, Clock clock) {}
