/** What metrics and logs tell of calls. */
@NullMarked
package io.portico.gateway.execute.telemetry;

import org.jspecify.annotations.NullMarked;
