package io.portico.transport.support;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.provider.Arguments;

/** What a WebSocket connection may be carried by. */
public enum Carrier {
  /** A connection of its own, by HTTP/1.1's upgrade. */
  HTTP1 {
    @Override
    public RawWebSocket open(InetSocketAddress address, String... namesAndValues)
        throws IOException {
      String[] fields = new String[namesAndValues.length / 2];
      for (int i = 0; i < fields.length; i++) {
        fields[i] = namesAndValues[2 * i] + ": " + namesAndValues[2 * i + 1];
      }
      return RawWebSocket.open(new RawClient(address), fields);
    }

    @Override
    public RawWebSocket openWithLittleRoom(InetSocketAddress address) throws IOException {
      return RawWebSocket.open(new RawClient(address, 4096));
    }
  },

  /** A stream, the only one on its connection. */
  HTTP2 {
    @Override
    public RawWebSocket open(InetSocketAddress address, String... namesAndValues)
        throws IOException {
      StreamClient client = StreamClient.greeting(address);
      try {
        return RawWebSocket.open(client.connect(true, namesAndValues));
      } catch (IOException e) {
        client.close();
        throw e;
      }
    }

    @Override
    public RawWebSocket openWithLittleRoom(InetSocketAddress address) throws IOException {
      return open(address);
    }
  };

  /**
   * Opens a WebSocket connection.
   *
   * @param namesAndValues more fields of the handshake
   */
  public abstract RawWebSocket open(InetSocketAddress address, String... namesAndValues)
      throws IOException;

  /** Opens one whose client has little room for what it does not read. */
  public abstract RawWebSocket openWithLittleRoom(InetSocketAddress address) throws IOException;

  /** Each with each mode of a transport. */
  public static List<Arguments> inAllModes() {
    List<Arguments> all = new ArrayList<>();
    for (Transport.Mode mode : Transport.Mode.all()) {
      for (Carrier carrier : values()) {
        all.add(Arguments.of(mode, carrier));
      }
    }
    return all;
  }
}
