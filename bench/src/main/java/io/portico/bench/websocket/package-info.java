/**
 * A WebSocket API of the packaged server: messages of clients, posts of backends, and what
 * connections take on which nothing happens.
 *
 * <p>Knows nothing of the gateway but what it says over the wire.
 */
@NullMarked
package io.portico.bench.websocket;

import org.jspecify.annotations.NullMarked;
