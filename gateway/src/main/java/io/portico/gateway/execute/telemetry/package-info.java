/** Access logs and metrics of the data plane. Hears of answers; never changes them. */
@NullMarked
package io.portico.gateway.execute.telemetry;

import org.jspecify.annotations.NullMarked;
