/**
 * HTTP/1.1 framing (RFC 9112), strict: what could be read in two ways is refused and never
 * repaired.
 *
 * <p>Works on bytes in memory; knows neither channels nor threads. Nothing here is safe for more
 * than one thread.
 */
@NullMarked
package io.portico.transport.wire;

import org.jspecify.annotations.NullMarked;
