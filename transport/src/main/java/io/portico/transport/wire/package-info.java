/**
 * HTTP/1.1 framing (RFC 9112), strict: what could be read in two ways is refused and never
 * repaired. And what HTTP/2 (RFC 9113) needs beside Netty's codec, by the same rules: heads, and an
 * eye on frames.
 *
 * <p>Works on bytes in memory; knows neither channels nor threads. Nothing here is safe for more
 * than one thread.
 */
@NullMarked
package io.portico.transport.wire;

import org.jspecify.annotations.NullMarked;
