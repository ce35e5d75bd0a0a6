package io.portico.server;

import io.portico.gateway.execute.websocket.ConnectionBounds;
import io.portico.gateway.http.websocket.WebSocketLimits;
import io.portico.gateway.snapshot.ThrottleLimit;
import io.portico.server.config.ConfigException;
import io.portico.server.config.GatewayConfig;
import io.portico.server.config.WebSocketConfig;

/** The connections of WebSocket APIs, as they are configured. */
final class WebSocketSettings {
  /** The share of a listener's connections that is left to others. */
  private static final int LEFT_TO_OTHERS = 10;

  private WebSocketSettings() {}

  /** What bounds each of them. */
  static WebSocketLimits limits(WebSocketConfig config) {
    return new WebSocketLimits(
        Math.min(config.maxFrame(), config.maxMessage()),
        config.maxMessage(),
        config.maxWaiting(),
        Math.max(config.maxUnsent(), config.maxMessage()),
        Integer.parseInt(config.overflowCode()),
        config.idleTimeout(),
        config.maxDuration(),
        config.closeTimeout(),
        config.binaryFrames(),
        config.compression());
  }

  /**
   * What bounds them all.
   *
   * @throws ConfigException if they could take all connections of a listener
   */
  static ConnectionBounds bounds(GatewayConfig config) {
    WebSocketConfig webSocket = config.websocket();
    int rate = webSocket.connectionRateLimit();
    return new ConnectionBounds(
        connections(webSocket.maxConnections(), config.http().maxConnections()),
        webSocket.maxConnectionsPerAddress() == 0
            ? Integer.MAX_VALUE
            : webSocket.maxConnectionsPerAddress(),
        // AWS: how many may come at once is not documented; those of a second: assumed.
        rate == 0 ? null : ThrottleLimit.of(rate, rate),
        webSocket.maxGroups(),
        webSocket.maxGroupName());
  }

  private static int connections(int configured, int ofListener) {
    if (configured == 0) {
      return ofListener - Math.ceilDiv(ofListener, LEFT_TO_OTHERS);
    }
    if (configured >= ofListener) {
      throw new ConfigException(
          "websocket.max-connections: %d: allowed is less than http.max-connections, %d"
              .formatted(configured, ofListener),
          null);
    }
    return configured;
  }
}
