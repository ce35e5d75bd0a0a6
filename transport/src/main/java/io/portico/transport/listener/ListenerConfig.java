package io.portico.transport.listener;

import io.portico.transport.wire.Http2Limits;
import io.portico.transport.wire.WireLimits;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * What a listener accepts and how long it waits.
 *
 * @param address to bind; port 0 takes a free one
 * @param limits of a request's head
 * @param headerTimeout from the first byte of a head (or the connection's start) to its last; then
 *     408
 * @param bodyTimeout longest pause while a request's body arrives (then 408) or an answer is not
 *     read (then the connection is closed)
 * @param keepAliveTimeout longest time without a request
 * @param lingerTimeout how long a connection that ends with unread input is still read, so that the
 *     client sees its answer
 * @param maxConnections most connections at once; see {@link Connections} for one beyond
 * @param leastBodyRate bytes a second that a request's body must come to in all, after a first
 *     {@code bodyTimeout}; 0 for none
 * @param http2 what a client may do on an HTTP/2 connection
 */
public record ListenerConfig(
    InetSocketAddress address,
    WireLimits limits,
    Duration headerTimeout,
    Duration bodyTimeout,
    Duration keepAliveTimeout,
    Duration lingerTimeout,
    int maxConnections,
    int leastBodyRate,
    Http2Limits http2) {

  /** The usual limits and times, on {@code address}. */
  public static ListenerConfig at(InetSocketAddress address) {
    return new ListenerConfig(
        address,
        WireLimits.standard(),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        // As AWS's edge: longer than the 60 s after which usual clients and balancers give an idle
        // connection up.
        Duration.ofSeconds(75),
        Duration.ofSeconds(2),
        10_000,
        500,
        Http2Limits.standard());
  }
}
