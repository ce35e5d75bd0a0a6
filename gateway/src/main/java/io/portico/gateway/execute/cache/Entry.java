package io.portico.gateway.execute.cache;

import io.portico.gateway.execute.EndpointReply;
import io.portico.gateway.http.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a key.
 *
 * @param reply the backend's; null says that its last one was none to be kept: then nobody waits
 *     for what another one is told
 * @param askedNanos when the backend was asked
 * @param keptNanos when it had answered
 * @param ttlNanos how long it is kept, unless the method's answers are to be kept for less by then
 * @param bytes about how many it takes with its key
 */
record Entry(
    @Nullable EndpointReply reply, long askedNanos, long keptNanos, long ttlNanos, int bytes) {

  static Entry of(
      CacheKey key, @Nullable EndpointReply reply, long askedNanos, long keptNanos, long ttlNanos) {
    long bytes = 160 + key.bytes() + (reply == null ? 0 : bytes(reply));
    return new Entry(reply, askedNanos, keptNanos, ttlNanos, Math.toIntExact(bytes));
  }

  /**
   * Whether it may be used.
   *
   * @param ttl how long the method's answers are kept now
   */
  boolean isFresh(long now, long ttl) {
    return now - keptNanos < Math.min(ttl, ttlNanos);
  }

  /** Whether the backend was asked no sooner than for the other one. */
  boolean isAsNewAs(Entry other) {
    return askedNanos - other.askedNanos >= 0;
  }

  private static long bytes(EndpointReply reply) {
    long bytes = reply.length();
    Headers headers = reply.headers();
    for (int i = 0; i < headers.size(); i++) {
      bytes += 112 + headers.name(i).length() + headers.value(i).length();
    }
    return bytes;
  }
}
