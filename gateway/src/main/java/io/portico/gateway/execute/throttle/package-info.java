/**
 * Throttles: token buckets, which are runtime state. A bucket is named by what it limits and
 * outlives every snapshot; the limit itself comes with each request, from the snapshot it runs on.
 * Knows nothing of who limits whom, and in which order.
 */
@NullMarked
package io.portico.gateway.execute.throttle;

import org.jspecify.annotations.NullMarked;
