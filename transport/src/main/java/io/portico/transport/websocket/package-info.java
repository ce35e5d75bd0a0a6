/**
 * WebSocket connections (RFC 6455) behind HTTP/1.1, and on HTTP/2's streams (RFC 8441): the
 * handshake's answer, frames, and telling a listener one thing after the other.
 *
 * <p>Knows neither listeners nor HTTP's connections: who lets a connection in hands it over as a
 * {@link io.portico.transport.websocket.Wire}.
 */
@NullMarked
package io.portico.transport.websocket;

import org.jspecify.annotations.NullMarked;
