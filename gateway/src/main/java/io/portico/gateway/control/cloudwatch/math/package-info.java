/**
 * <b>Metric math</b>: expressions over series of values, read and evaluated.
 *
 * <p>Knows neither the wire nor where values come from.
 */
@NullMarked
package io.portico.gateway.control.cloudwatch.math;

import org.jspecify.annotations.NullMarked;
