package io.portico.gateway.execute.websocket;

import io.portico.gateway.snapshot.ThrottleLimit;
import org.jspecify.annotations.Nullable;

/**
 * What bounds the connections of this node as a whole, those of all stages together.
 *
 * @param connections most at once, handshakes that are not answered yet among them
 * @param perAddress the same of those of one client's address, beyond AWS
 * @param rate of new ones, for each account in a region; or null. AWS: 500 a second; source:
 *     documented,
 *     https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html
 * @param groups most that a connection is in
 * @param groupName most characters of a group's name
 */
public record ConnectionBounds(
    int connections, int perAddress, @Nullable ThrottleLimit rate, int groups, int groupName) {

  /** As many connections as come, and no more groups than are useful. */
  public static final ConnectionBounds STANDARD =
      new ConnectionBounds(Integer.MAX_VALUE, Integer.MAX_VALUE, null, 100, 64);
}
