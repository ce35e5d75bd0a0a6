/**
 * Listeners: connections of clients, their requests, and the answers to them.
 *
 * <p>Knows a {@link io.portico.gateway.http.HttpHandler} and nothing behind it. An {@code Exchange}
 * is one request being answered, whatever protocol it came by; {@code Http1Connection} and {@code
 * Http1Exchange} speak HTTP/1.1.
 */
@NullMarked
package io.portico.transport.listener;

import org.jspecify.annotations.NullMarked;
