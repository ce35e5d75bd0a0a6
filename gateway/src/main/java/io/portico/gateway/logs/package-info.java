/**
 * <b>CloudWatch Logs</b>' groups, streams and events: groups are records, events stand in files, in
 * the order in which they came.
 *
 * <p>Knows nothing of AWS's protocol, nor of who logs: functions, APIs and clients do alike.
 */
@NullMarked
package io.portico.gateway.logs;

import org.jspecify.annotations.NullMarked;
