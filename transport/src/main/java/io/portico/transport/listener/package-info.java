/**
 * Listeners: connections of clients, their requests, and the answers to them.
 *
 * <p>Knows a {@link io.portico.gateway.http.HttpHandler} and nothing behind it. An {@code Exchange}
 * is one request being answered, whatever protocol it came by; {@code Http1Connection} and {@code
 * Http1Exchange} speak HTTP/1.1, {@code Http2Connection} and {@code Http2Exchange} HTTP/2; a {@code
 * TlsConnection} is what they are before TLS is agreed upon.
 */
@NullMarked
package io.portico.transport.listener;

import org.jspecify.annotations.NullMarked;
