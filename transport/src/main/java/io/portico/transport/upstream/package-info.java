/**
 * The client towards backends: pools of connections, one per event loop and origin.
 *
 * <p>Implements {@link io.portico.gateway.http.Upstream}; knows nothing of who calls it or why.
 */
@NullMarked
package io.portico.transport.upstream;

import org.jspecify.annotations.NullMarked;
