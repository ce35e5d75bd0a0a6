package io.portico.transport.websocket;

import io.portico.gateway.http.websocket.WebSocketLimits;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Since when a connection is there, when it was active last, and how long it may go on. */
final class Lifetime {
  /**
   * Longest time from a message's first frame to the end of its last; as long as silence may last
   * where that is shorter. Assumed, as AWS does not say how long it waits.
   */
  private static final Duration MOST_OF_MESSAGE = Duration.ofMinutes(2);

  private final WebSocketLimits limits;
  private final long connectedMillis = System.currentTimeMillis();
  private final long connectedNanos = System.nanoTime();
  private volatile long activeNanos = connectedNanos;

  Lifetime(WebSocketLimits limits) {
    this.limits = limits;
  }

  /** A frame comes in, or a message goes out. */
  void active() {
    activeNanos = System.nanoTime();
  }

  Instant connectedAt() {
    return Instant.ofEpochMilli(connectedMillis);
  }

  Instant lastActiveAt() {
    return connectedAt().plusNanos(activeNanos - connectedNanos);
  }

  /**
   * For how many nanoseconds it may stay open if nothing happens.
   *
   * @param unfinished the message that has begun, or null
   */
  long left(@Nullable ArrivingMessage unfinished) {
    long now = System.nanoTime();
    long ofDuration = limits.duration().toNanos() - (now - connectedNanos);
    long ofSilence = limits.idleTimeout().toNanos() - (now - activeNanos);
    return Math.min(Math.min(ofDuration, ofSilence), left(unfinished, now));
  }

  /** Whether a message that has begun takes longer than it may. */
  boolean isTooLong(@Nullable ArrivingMessage unfinished) {
    return left(unfinished, System.nanoTime()) <= 0;
  }

  private long left(@Nullable ArrivingMessage unfinished, long now) {
    long most = Math.min(MOST_OF_MESSAGE.toNanos(), limits.idleTimeout().toNanos());
    return unfinished == null ? Long.MAX_VALUE : most - (now - unfinished.begunNanos());
  }
}
