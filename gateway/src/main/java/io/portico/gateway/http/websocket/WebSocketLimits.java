package io.portico.gateway.http.websocket;

import java.time.Duration;

/**
 * What a connection may do, and how long.
 *
 * @param frame most bytes of a frame's payload; beyond, 1009
 * @param message most bytes of a message; beyond, 1009
 * @param waitingMessages how many messages may wait for the listener before reading stops; it stops
 *     as well when as many bytes wait as {@code message} allows
 * @param unsent most bytes that may wait for a client that reads too slowly; beyond, {@code
 *     overflowCode}
 * @param overflowCode how a connection ends whose client reads too slowly, such as 1008 or 1013
 * @param idleTimeout longest time without a frame in or a message out; then 1001
 * @param duration longest time in all; then 1001
 * @param closeTimeout how long a client may take to answer a close frame; then the connection is
 *     reset
 * @param binary whether binary messages are taken; if not, 1003
 * @param compression whether permessage-deflate (RFC 7692) is agreed upon where a client offers it
 */
public record WebSocketLimits(
    int frame,
    int message,
    int waitingMessages,
    int unsent,
    int overflowCode,
    Duration idleTimeout,
    Duration duration,
    Duration closeTimeout,
    boolean binary,
    boolean compression) {

  public WebSocketLimits {
    if (frame < 1 || message < frame || waitingMessages < 1 || unsent < message) {
      throw new IllegalArgumentException("a message must hold a frame, what is unsent a message");
    }
    if (!WebSocketClose.isOnWire(overflowCode)) {
      throw new IllegalArgumentException("not a close code that is sent: " + overflowCode);
    }
  }

  /** Those of API Gateway. */
  public static WebSocketLimits standard() {
    return new WebSocketLimits(
        // AWS: frames of 32 KB, messages of 128 KB, idle for 10 minutes, 2 hours in all; source:
        // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html
        32 * 1024,
        128 * 1024,
        16,
        // Assumed, as AWS does not say what it holds for a client: some messages of the longest.
        1024 * 1024,
        WebSocketClose.POLICY_VIOLATION,
        Duration.ofMinutes(10),
        Duration.ofHours(2),
        Duration.ofSeconds(10),
        // AWS: a binary frame ends the connection with 1003; source:
        // https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-binary-media-types.html
        false,
        false);
  }
}
