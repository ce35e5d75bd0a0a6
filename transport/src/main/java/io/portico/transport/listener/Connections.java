package io.portico.transport.listener;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The connections of a listener, up to a number. When it is reached, a client that has few of them
 * is let in nonetheless: in the place of an idle one of a client that has more. So whoever opens
 * all there may be keeps out nobody but itself.
 *
 * <p>A client is an IPv4 address or the first half of an IPv6 one. For any thread, but {@link #add}
 * is called on the connection's loop.
 */
final class Connections {
  /** How many are looked at for one that is idle. */
  private static final int MOST_LOOKED_AT = 256;

  private final int most;
  private final Map<Connection, Long> clients = new ConcurrentHashMap<>();
  private final Map<Long, Integer> counts = new ConcurrentHashMap<>();

  Connections(int most) {
    this.most = most;
  }

  /**
   * Takes note of a connection, which is to be removed whatever this says.
   *
   * @return false if there are too many
   */
  boolean add(Connection connection, InetAddress address) {
    Long client = client(address);
    clients.put(connection, client);
    int own = counts.merge(client, 1, Integer::sum);
    return clients.size() <= most || isRoomMadeFor(connection, own);
  }

  /** An idle connection of a client with more than {@code own}, on the same loop, gives way. */
  private boolean isRoomMadeFor(Connection newcomer, int own) {
    int looked = 0;
    for (Map.Entry<Connection, Long> entry : clients.entrySet()) {
      Connection other = entry.getKey();
      if (other.loop() == newcomer.loop()
          && counts.getOrDefault(entry.getValue(), 0) > own
          && other.giveWay()) {
        return true;
      }
      if (++looked == MOST_LOOKED_AT) {
        return false;
      }
    }
    return false;
  }

  /** What a client speaks is known now, or has changed. */
  void replace(Connection connection, Connection next) {
    Long client = clients.get(connection);
    if (client != null) {
      clients.put(next, client);
      clients.remove(connection);
    }
  }

  void remove(Connection connection) {
    Long client = clients.remove(connection);
    if (client != null) {
      counts.computeIfPresent(client, (_, count) -> count == 1 ? null : count - 1);
    }
  }

  int size() {
    return clients.size();
  }

  /** Those that there are now. */
  Set<Connection> all() {
    return clients.keySet();
  }

  private static Long client(InetAddress address) {
    ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
    return address instanceof Inet6Address ? bytes.getLong() : bytes.getInt() & 0xffff_ffffL;
  }
}
