/**
 * <b>CloudWatch</b>'s metrics: series of statistic sets by time, in files of their own, as long as
 * CloudWatch keeps them.
 *
 * <p>Knows nothing of AWS's protocol, nor of who measures: APIs and clients do alike.
 */
@NullMarked
package io.portico.gateway.metrics;

import org.jspecify.annotations.NullMarked;
