/**
 * WebSocket connections of the transport by themselves: a server that only echoes, and what its
 * connections take.
 *
 * <p>Knows the transport and the port before it.
 */
@NullMarked
package io.portico.bench.micro.websocket;

import org.jspecify.annotations.NullMarked;
