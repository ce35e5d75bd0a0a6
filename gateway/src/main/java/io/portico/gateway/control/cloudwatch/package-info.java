/**
 * <b>CloudWatch</b>'s operations: metrics, and alarms on them.
 *
 * <p>Values are in {@link io.portico.gateway.metrics.MetricStore}; who measures is not known here.
 */
@NullMarked
package io.portico.gateway.control.cloudwatch;

import org.jspecify.annotations.NullMarked;
