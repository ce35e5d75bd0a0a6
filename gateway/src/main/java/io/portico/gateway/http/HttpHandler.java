package io.portico.gateway.http;

/**
 * What a listener calls: one request in, one answer out.
 *
 * <p>{@link #handle} runs on a virtual thread and may block. If the client goes away meanwhile, the
 * transport interrupts that thread (but see {@link #mayUpgrade}); whatever it waits for in {@link
 * Upstream} ends at once. An exception that leaves {@code handle} is a bug: the transport logs it
 * and answers a bare 500.
 */
@FunctionalInterface
public interface HttpHandler {

  HttpResponse handle(HttpRequest request);

  /**
   * Whether answering is sure to hold its thread for long without waiting: JDBC, files. Such a
   * request is not started on an event loop. What turns out long on the way leaves the loop then,
   * by {@link io.portico.gateway.compute.Carrier}. Called on the event loop, before {@link
   * #handle}; must be quick and must not read the body.
   */
  default boolean isHeavy(HttpRequest request) {
    return false;
  }

  /**
   * Whether an opening handshake may be answered with a WebSocket connection. While one that may is
   * being answered, its thread is not interrupted when the client goes away: whoever has let the
   * client in is to hear of its end, too. Called on the event loop, when the client has gone; must
   * be quick.
   */
  default boolean mayUpgrade(HttpRequest request) {
    return false;
  }

  /**
   * Hears of a request that the listener answers itself. Called on the event loop, before the
   * client is told; must be quick, and throw nothing.
   */
  default void refused(UnreadRequest request) {}
}
