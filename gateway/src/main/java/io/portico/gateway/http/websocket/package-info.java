/**
 * The port of WebSocket connections (RFC 6455): what their owner hears, and what it may ask of
 * them.
 *
 * <p>A handler answers a request with a {@link WebSocketUpgrade}; from then on the transport calls
 * its listener. Knows no HTTP, no API and no network library.
 */
@NullMarked
package io.portico.gateway.http.websocket;

import org.jspecify.annotations.NullMarked;
