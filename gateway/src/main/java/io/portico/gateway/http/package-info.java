/**
 * Transport-neutral HTTP: the values both planes speak, and the two ports the transport implements.
 *
 * <p>Knows nothing of ours and nothing of any network library. A {@link HttpHandler} is called by a
 * listener; an {@link Upstream} is called by the data plane. Both are blocking: one request, one
 * virtual thread.
 */
@NullMarked
package io.portico.gateway.http;

import org.jspecify.annotations.NullMarked;
